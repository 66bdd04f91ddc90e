// The page of the feature maps: the image, one unit in numbers, the maps of every layer.
import { choice, codeTab, gate, show, stateField, view } from "../kit/kit.mjs";
import { chooser, corner, laid, moved, outline, paint, within } from "../kit/maps.mjs";
import { reads, unit } from "../kit/network.mjs";
import { code, everything, feeds, fields, formula, made, ranges } from "./arithmetic.mjs";

const KIND = "maps";
const LABEL = 15;
// At most so many cells of a window are shown along an axis, and so many sums.
const MOST = 7;
const SUMS = 24;
const BUTTONS = { "←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown", "map −": "PageUp", "map +": "PageDown" };

const place = ([top, bottom, left, right]) => `rows ${top} to ${bottom}, columns ${left} to ${right}`;
const short = (value) => show(Number(value.toPrecision(2)));
const one = ([row, column]) => [row, row, column, column];

// Large enough to see; single numbers large enough to hold their label.
function sized([rows, columns, channels], room) {
  const longer = Math.max(rows, columns);
  const cell = longer > 1 ? within(Math.floor(64 / longer), 3, 20) : within(Math.floor(300 / Math.sqrt(channels)) - 2, 3, 46);
  const wide = columns * cell + 2;
  return laid(cell, [rows, columns, channels], within(Math.ceil(channels / 4) * wide, 336, room), wide > 38 ? LABEL : 0);
}

// The maps of one layer, each with its range below it; a map that is 0 everywhere is crossed out.
function drawn(canvas, values, layout, all, scale) {
  const { cell, rows, columns, wide, high } = layout;
  const context = paint(canvas, values, layout, scale === "map" && rows * columns > 1 ? all.map(([low, up]) => Math.max(-low, up, 1e-9)) : undefined);
  context.strokeStyle = "#999";
  all.forEach(([low, up], channel) => {
    const [y, x] = corner(layout, channel, 0, 0);
    const [right, bottom] = [x + columns * cell, y + rows * cell];
    if (columns > 1 && !low && !up) {
      context.moveTo(x, y);
      context.lineTo(right, bottom);
      context.moveTo(right, y);
      context.lineTo(x, bottom);
    }
    if (wide < 39) return;
    context.fillStyle = "#000";
    context.fillRect(x, bottom, wide - 2, LABEL);
    context.fillStyle = "#fff";
    context.fillText(`${channel}: ${short(low)}${low === up ? "" : `…${short(up)}`}`, x + 2, y + high - 6, wide - 6);
  });
  context.stroke();
}

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Feature maps" });
  const { make, state: s } = v;
  const data = model.get("data");
  const { steps, shape } = data;
  const all = everything(data);
  const { values } = all;
  const room = within(el.clientWidth - 8, 336, 1100);
  const go = (layer, [row, column, channel]) => v.set({ layer, row, column, channel });
  const pane = (words, ...nodes) => make("div", { class: "panel" }, make("p", { class: "name" }, words), ...nodes);
  let now = {};
  let open = true;

  // --- the maps: of the image (layer −1) and of each layer
  const panels = [{ name: "image", shape }, ...steps].map(({ name, shape: [rows, columns, channels] }, index) => {
    const layer = index - 1;
    const isImage = layer < 0;
    const size = [rows, columns, channels];
    const layout = isImage ? laid(within(Math.floor(200 / rows), 2, 12), size, 336) : sized(size, room);
    const every = [...Array(channels).keys()];
    const current = () => {
      const [at, ...chosen] = unit(s, steps);
      return at === layer ? chosen : undefined;
    };
    const canvas = isImage ? make("canvas", { class: "board" }) : chooser(v, { name, layout, current, choose: (to) => go(layer, to) });
    const base = make("canvas");
    const all = ranges(values[index], channels);
    let scale;
    const draw = () => {
      if (s.scale !== scale) drawn(base, values[index], layout, all, (scale = s.scale));
      canvas.width = base.width;
      canvas.height = base.height;
      const context = canvas.getContext("2d");
      context.drawImage(base, 0, 0);
      const mark = (sides, maps, thin) => maps.forEach((channel) => {
        const [y, x] = corner(layout, channel, 0, 0);
        outline(context, sides, ([i, j]) => [y + (i + 0.5) * layout.cell, x + (j + 0.5) * layout.cell], thin);
      });
      const { chosen, fed, seen, at, found } = now;
      if (layer === at) mark(one(chosen), [chosen[2]]);
      if (!open) return;
      if (isImage) mark(seen, every);
      else if (layer === at - 1) mark(found.sides, found.channels, true);
      else if (fed && layer === at + 1) mark(fed.sides, fed.maps, true);
    };
    const [low, up] = ranges(values[index], 1)[0];
    const dead = every.filter((channel) => !all[channel][0] && !all[channel][1]);
    const what = rows * columns > 1 ? `${rows} × ${columns} × ${channels}` : `${channels} numbers`;
    const list = dead.length ? `0 everywhere: ${dead.length} of ${channels}: ${dead.slice(0, 8).join(", ")}${dead.length > 8 ? ", …" : ""}` : "";
    return { draw, node: pane(`${name}: ${what}, from ${show(low)} to ${show(up)}`, canvas, make("p", { class: "dead" }, list)) };
  });

  // --- one unit in numbers
  const unitPane = make("div", {});
  const turn = (by) => make("button", {
    type: "button",
    onclick: () => v.set({ from: now.found.channels[within(now.from + by, 0, now.found.channels.length - 1)] }),
  }, `input map ${by < 0 ? "−" : "+"}`);
  const turns = make("div", {}, turn(-1), turn(1));
  const table = (words, columns, cells) => pane(words, make("div", { class: "scroll" }, make("table", { "aria-label": words },
    ...Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
      make("tr", {}, ...cells.slice(row * columns, (row + 1) * columns).map(([text, kinds]) => make("td", { class: `cell ${kinds}` }, text)))))));
  const number = (value, more = "") => [show(value), `${value > 0 ? "positive" : value < 0 ? "negative" : "zero"} ${more}`];
  function inNumbers() {
    const { found, at, from } = now;
    const { sums, channels, m, n, kind, plain } = found;
    const step = steps[at];
    const weighted = step.at !== undefined;
    const grid = found.grids[from];
    const best = grid.reduce((most, { product }, cell) => (Math.abs(product) > Math.abs(grid[most].product) ? cell : most), 0);
    // Of a large window, the part around the largest product.
    const [top, left] = [[best / n, m], [best % n, n]].map(([cell, length]) => within(Math.floor(cell) - 3, 0, Math.max(length - MOST, 0)));
    const near = (cell, from) => cell >= from && cell < from + MOST;
    const cells = grid.filter((_, cell) => near(Math.floor(cell / n), top) && near(cell % n, left));
    const columns = Math.min(n, MOST);
    const part = m > MOST || n > MOST ? ` (a part of ${m} × ${n})` : "";
    const xs = cells.map(({ x }) => (x === undefined ? [weighted ? "0" : "", "pad"] : number(x, kind === "max" && x === plain ? "window" : "")));
    const largest = [...sums.keys()].sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a])).slice(0, SUMS);
    return [
      pane(`${now.called} = ${show(found.value)}`),
      make("div", { class: "panels" },
        table(`${at ? steps[at - 1].name : "image"}, map ${channels[from]}${part}`, columns, xs),
        ...(weighted ? [
          table("× weights", columns, cells.map(({ weight }) => number(weight))),
          table(`= products, sum ${show(sums[from])}`, columns, cells.map(({ product }) => number(product))),
        ] : [])),
      ...(sums.length > 1 ? [
        table(`Sums of ${sums.length > SUMS ? `the ${SUMS} largest of ` : ""}${sums.length} maps`, 4, largest.map((map) => [`${channels[map]}: ${show(sums[map])}`, map === from ? "window" : ""]))] : []),
      make("p", { class: "name" }, formula(found)),
    ];
  }

  const predict = gate(v, model, {
    question: () => {
      const [top, bottom, left, right] = now.seen;
      return {
        words: `${now.called}: how many rows and columns of the image does this unit see?`,
        inputs: ["rows", "columns"],
        answer: [bottom - top + 1, right - left + 1],
        explain: `It sees ${place(now.seen)}. Its own window is ${now.found.m} × ${now.found.n}; what is in it sees more.`,
      };
    },
    onChange: () => update(),
  });

  function update() {
    open = predict.isOpen();
    const [at, ...chosen] = unit(s, steps);
    const found = made(data, all, [at, ...chosen]);
    const step = steps[at];
    const [row, column, channel] = chosen;
    const called = `${step.name}, ${step.shape[0] * step.shape[1] > 1 ? `map ${channel}, row ${row}, column ${column}` : `unit ${channel}`}`;
    now = { at, chosen, found, called, from: Math.max(found.channels.indexOf(s.from), 0), fed: feeds(data, [at, ...chosen]), seen: reads(step, chosen, shape) };
    predict.draw();
    panels.forEach(({ draw }) => draw());
    turns.hidden = !open || found.sums.length < 2;
    unitPane.replaceChildren(...(open ? inNumbers() : []));
    const next = steps[at + 1];
    const { fed } = now;
    const feeding = fed ? `feeds ${place(fed.sides)} of ${fed.maps.length > 1 ? `all ${fed.maps.length} maps` : `map ${fed.maps}`} of ${next.name}` : `feeds nothing${next ? `: no window of ${next.name} reads it` : ""}`;
    v.say(open ? `${called}: ${formula(found)}; sees ${place(now.seen)} of the image; ${feeding}` : "");
  }

  const nudge = ([sign, key]) => make("button", {
    type: "button",
    "aria-label": `unit ${sign}`,
    onclick: () => go(now.at, now.chosen.map((part, axis) => within(part + moved(key)[axis], 0, steps[now.at].shape[axis] - 1))),
  }, sign);
  const [image, ...others] = panels.map(({ node }) => node);
  v.root.append(
    make("p", {}, data.about),
    make("div", { class: "controls" }, choice(v, "scale", "Brightest", { map: "in each map", layer: "in the layer" }), ...Object.entries(BUTTONS).map(nudge)),
    predict.node,
    make("div", { class: "panels" }, image, make("div", { class: "panel unit" }, unitPane, turns)),
    v.live,
    make("p", {}, data.legend),
    make("div", { class: "panels" }, ...others),
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(update);
  return v.stop;
}

export default { render };
