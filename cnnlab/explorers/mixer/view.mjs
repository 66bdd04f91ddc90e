// The page of the channel mixer: a picture, its channels, their parts of a filter's map, all maps.
import { choice, numberField, show, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { coloured, diverging, painted, picture, rgb } from "../kit/paint.mjs";
import { changed, code, costs, fields, impossible, layer, mixed, NAMES, picture3, places, weights } from "./arithmetic.mjs";

const KIND = "mixer";

const many = (count, make) => Array.from({ length: count }, (_, n) => make(n));

const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

// Colours of signed numbers; grey is 0.
const signed = (values, most) => coloured(values, (value) => diverging(value / (most || 1)));

// A sum in words: 1·red − 1·green.
const formula = (numbers) =>
  numbers.flatMap((number, c) => (number ? `${show(number)}·${NAMES[c]}` : [])).join(" + ").replaceAll("+ −", "− ") || "0";

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Channel mixer" });
  const { make, state: s } = v;
  const data = model.get("data");
  const image = picture3(data);
  const { rows, columns, channels } = image;
  const panel = (title, ...nodes) => make("div", { class: "panel" }, make("p", { class: "name" }, title), ...nodes);
  const colours = coloured(channels[0], (red, n) => rgb(red, channels[1][n], channels[2][n]));
  const greys = channels.map((values) => coloured(values, (value) => rgb(value, value, value)));

  // --- what is computed once a change
  let now = {};
  v.onDraw(() => {
    const side = Number(s.size);
    const f = Math.min(s.filter, s.filters - 1);
    const key = [s.edits, side, f, s.filters].join();
    if (key !== now.key) {
      const filters = layer(s);
      const maps = filters.map((each) => mixed(image, each, side));
      const most = Math.max(...maps[f].parts.map(largest));
      now = { key, side, f, filters, map: maps[f], parts: maps[f].parts.map((part) => signed(part, most)), sums: maps.map(({ values }) => signed(values, largest(values))) };
    }
    now.at = [Math.min(s.row, now.map.rows - 1), Math.min(s.column, now.map.columns - 1)];
  });

  // --- pictures, and weights to paint
  const choose = (row, column) => v.set({ row, column });
  const photo = picture(v, { label: "Picture", choose });
  const result = picture(v, { label: "Map of the filter", choose });
  const slices = (label, channel) => painted(v, {
    label: `${label}: digits, + and − change it, Enter paints`,
    value: (row, column) => weights(s)(now.f, channel, channel > 2 ? 4 : places(s)[row * now.side + column]),
    brush: () => s.brush,
    write: (row, column, number) => v.set({ edits: changed(s, [now.f, channel, channel > 2 ? 4 : places(s)[row * now.side + column]], number) }),
  });
  const mixers = NAMES.map((name, c) => {
    const [input, slice, part] = [picture(v, { label: `Channel ${name}` }), slices(`Weights for ${name}`, c), picture(v, { label: `What ${name} adds` })];
    return { input, slice, part, node: panel(name, input.node, slice.node), adds: panel(`${c ? "+ " : ""}${name} adds`, part.node) };
  });
  const bias = slices("Bias", 3);
  const thumbs = many(4, (f) => {
    const small = picture(v, { label: "Map" });
    const words = make("span", {});
    return { small, words, node: make("button", { type: "button", class: "thumb", onclick: () => v.set({ filter: f }) }, small.node, words) };
  });

  // --- words
  const why = make("p", { class: "wrong", role: "alert" });
  const cost = make("p", {});
  const ends = make("p", {});
  const head = make("p", {});
  const predict = gate(v, model, {
    question: () => {
      const { maps, weights: count } = costs(s);
      return {
        words: `Kernels of ${s.size} × ${s.size}, 3 channels, ${s.filters} filters: how many maps come out, and how many weights are learned?`,
        inputs: ["maps", "weights"],
        between: " and ",
        answer: [maps, count],
        explain: cost.textContent,
      };
    },
    onChange: () => draw(),
  });
  const said = () => {
    const { map, side, at, f, filters } = now;
    const n = at[0] * map.columns + at[1];
    const one = (c) => (side > 1 ? show(map.parts[c][n]) : `${channels[c][n]}·${show(filters[f].slices[c][0])}`);
    return `row ${at[0]}, column ${at[1]}: ${NAMES.map((name, c) => `${name} ${one(c)}`).join(" + ")} + bias ${show(filters[f].bias)} = ${show(map.values[n])}`;
  };
  const colour = (n) => {
    const middle = (now.side - 1) / 2;
    const place = (Math.floor(n / now.map.columns) + middle) * columns + (n % now.map.columns) + middle;
    return `${show(now.map.values[n])}, where the picture has ${NAMES.map((name, c) => `${name} ${channels[c][place]}`).join(", ")}`;
  };
  const title = make("p", { class: "name" });
  const sum = make("div", { class: "panels mixer" }, ...mixers.map(({ adds }) => adds), panel("+ bias", bias.node), make("div", { class: "panel" }, title, result.node));
  const all = make("div", { class: "panels" }, ...thumbs.map(({ node }) => node));
  const hidden = [sum, all, v.live, cost, ends];
  function draw() {
    const open = predict.isOpen();
    const { at, side, f, map, filters } = now;
    why.textContent = impossible(s);
    const { maps, weights: count, biases } = costs(s);
    cost.textContent = `${s.size} · ${s.size} · 3 channels · ${s.filters} filters = ${count} weights, and ${biases} biases. Maps: ${maps}, one for each filter, as each filter adds up its channels.`;
    title.textContent = `= map of filter ${f}`;
    head.textContent = `Filter ${f} multiplies each channel by its weights. Paint them, or choose another filter below.`;
    predict.draw();
    for (const node of hidden) node.hidden = !open;
    photo.update(rows, columns, colours, at, side);
    mixers.forEach(({ input, slice, part }, c) => {
      input.update(rows, columns, greys[c], at, side);
      slice.update(side, side);
      part.update(map.rows, map.columns, now.parts[c], at);
    });
    bias.update(1, 1);
    result.update(map.rows, map.columns, now.sums[f], at);
    thumbs.forEach(({ small, words, node }, n) => {
      node.hidden = n >= s.filters;
      if (node.hidden) return;
      small.update(map.rows, map.columns, now.sums[n], at);
      node.setAttribute("aria-pressed", n === f);
      words.textContent = `filter ${n}: ${side > 1 ? "3 × 3 × 3 weights" : formula(filters[n].slices.flat())}`;
    });
    if (!open) return;
    const [low, high] = [Math.min, Math.max].map((end) => map.values.indexOf(end(...map.values)));
    ends.textContent = `Filter ${f}: highest ${colour(high)}; lowest ${colour(low)}. Light is above 0, grey is 0, dark is below.`;
    v.say(said());
  }

  v.root.append(
    make("div", { class: "controls" }, numberField(v, "filters", "filters", fields.filters), choice(v, "size", "kernel", { 1: "1 × 1", 3: "3 × 3" }), numberField(v, "brush", "paint with", fields.brush)),
    predict.node, why, head,
    make("div", { class: "panels mixer" }, panel("Picture", photo.node), ...mixers.map(({ node }) => node)), sum,
    v.live, all, cost, ends,
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
