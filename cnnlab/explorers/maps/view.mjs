// The page of the feature maps: the image, one unit in numbers, the maps of every layer.
import { choice, view, within } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { chooser, corner, laid, moved, outline, paint } from "../kit/maps.mjs";
import { reads, unit } from "../kit/network.mjs";
import { code, everything, feeds, fields, fine, formula, made, ranges } from "./arithmetic.mjs";

const KIND = "maps";
const LABEL = 15;
const WIDTH = 344;
// At most so many cells of a window are shown along an axis, and so many sums.
const MOST = 7;
const SUMS = 24;

const span = (word, from, to) => (from === to ? `${word} ${from}` : `${word}s ${from} to ${to}`);
const area = ([top, bottom, left, right]) => `${span("row", top, bottom)}, ${span("column", left, right)}`;

// Large enough to see; single numbers large enough to hold their label.
function sized([rows, columns, channels], room) {
  const longer = Math.max(rows, columns);
  const cell = longer > 1 ? within(Math.floor(64 / longer), 3, 20) : within(Math.floor(300 / Math.sqrt(channels)) - 2, 3, 46);
  const wide = columns * cell + 2;
  return laid(cell, [rows, columns, channels], Math.max(Math.min(Math.ceil(channels / 4) * wide, room), WIDTH), wide > 38 ? LABEL : 0);
}

// The maps of one layer, each with its range below it; a map that is 0 everywhere is struck through.
function drawn(canvas, values, layout, all, scale) {
  const { cell, rows, columns, wide, high } = layout;
  const context = paint(canvas, values, layout, scale === "map" && rows * columns > 1 ? all.map(([low, up]) => Math.max(-low, up, 1e-9)) : undefined);
  context.strokeStyle = "#999";
  all.forEach(([low, up], channel) => {
    const [y, x] = corner(layout, channel, 0, 0);
    const [right, bottom] = [x + columns * cell, y + rows * cell];
    if (columns > 1 && !low && !up) {
      context.moveTo(x, bottom);
      context.lineTo(right, y);
    }
    if (wide < 39) return;
    context.fillStyle = "#000";
    context.fillRect(x, bottom, wide - 2, LABEL);
    context.fillStyle = "#fff";
    context.fillText(`${channel}: ${fine(low)}${low === up ? "" : `…${fine(up)}`}`, x + 2, y + high - 6, wide - 6);
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
  const go = (layer, [row, column, channel]) => v.set({ layer, row, column, channel });
  const pane = (words, ...nodes) => make("div", { class: "panel" }, make("p", { class: "name" }, words), ...nodes);
  let now = {};
  let open = true;

  // --- the maps: of the image (layer −1) and of each layer
  const panels = [{ name: "image", title: data.title, shape }, ...steps].map(({ name, title, shape: [rows, columns, channels] }, index) => {
    const layer = index - 1;
    const isImage = layer < 0;
    const size = [rows, columns, channels];
    const layout = isImage ? laid(within(Math.floor(200 / rows), 2, 12), size, WIDTH) : sized(size, el.clientWidth);
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
      const { place: [row, column, channel], fed, seen, at, found } = now;
      if (layer === at) mark([row, row, column, column], [channel]);
      if (!open) return;
      if (isImage) mark(seen, every);
      else if (layer === at - 1) mark(found.sides, found.channels, true);
      else if (fed && layer === at + 1) mark(fed.sides, fed.maps, true);
    };
    const [low, up] = ranges(values[index], 1)[0];
    const dead = every.filter((channel) => !all[channel][0] && !all[channel][1]);
    const list = dead.length ? `dead (0 everywhere), ${dead.length} of ${channels}: ${dead.slice(0, 9).join(", ")}${dead.length > 9 ? ", …" : ""}` : "";
    return { draw, node: pane(`${title}, from ${fine(low)} to ${fine(up)}`, canvas, make("p", { class: "dead" }, list)) };
  });

  // --- one unit in numbers
  const unitPane = make("div", {});
  const turn = (by) => make("button", {
    type: "button",
    onclick: () => {
      now.from = within(now.from + by, 0, now.found.channels.length - 1);
      v.set({ from: now.found.channels[now.from] });
    },
  }, `input map ${by < 0 ? "−" : "+"}`);
  const turns = make("span", {}, turn(-1), turn(1));
  const table = (words, columns, cells) => pane(words, make("div", { class: "scroll", role: "table" },
    ...Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
      make("div", { class: "row", role: "row" }, ...cells.slice(row * columns, (row + 1) * columns).map(([text, kinds]) =>
        make("span", { class: `cell ${kinds}`, role: "cell" }, text))))));
  const number = (value, more = "") => [fine(value), `${value > 0 ? "positive" : value < 0 ? "negative" : "zero"} ${more}`];
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
    const part = m > MOST || n > MOST ? `, part of ${m} × ${n}` : "";
    const xs = cells.map(({ x }) => (x === undefined ? [weighted ? "0" : "", "pad"] : number(x, kind === "max" && x === plain ? "window" : "")));
    const largest = [...sums.keys()].sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a])).slice(0, SUMS);
    return [
      pane(`${now.called} = ${fine(found.value)}`),
      make("div", { class: "panels" },
        table(`${at ? steps[at - 1].name : "image"}, map ${channels[from]}${part}`, columns, xs),
        ...(weighted ? [
          table("× weights", columns, cells.map(({ weight }) => number(weight))),
          table(`= products, sum ${fine(sums[from])}`, columns, cells.map(({ product }) => number(product))),
        ] : [])),
      ...(sums.length > 1 ? [
        table(`Sums of maps, largest first: ${largest.length} of ${sums.length}`, 4, largest.map((map) => [`${channels[map]}: ${fine(sums[map])}`, map === from ? "window" : ""]))] : []),
      make("p", { class: "name" }, now.formula),
    ];
  }

  const predict = gate(v, model, {
    question: () => {
      const [top, bottom, left, right] = now.seen;
      return {
        words: now.called + data.ask,
        inputs: ["rows", "columns"],
        answer: [bottom - top + 1, right - left + 1],
        explain: area(now.seen) + steps[now.at].why,
      };
    },
    onChange: () => update(),
  });

  function update() {
    open = predict.isOpen();
    const [at, ...place] = unit(s, steps);
    const found = made(data, all, [at, ...place]);
    const step = steps[at];
    const [row, column, channel] = place;
    const called = `${step.name}, ${step.shape[0] * step.shape[1] > 1 ? `map ${channel}, row ${row}, column ${column}` : `unit ${channel}`}`;
    now = { at, place, found, called, formula: formula(step, found), from: Math.max(found.channels.indexOf(s.from), 0), fed: feeds(data, [at, ...place]), seen: reads(step, place, shape) };
    predict.draw();
    panels.forEach(({ draw }) => draw());
    turns.hidden = !open || found.sums.length < 2;
    unitPane.replaceChildren(...(open ? inNumbers() : []));
    const { fed } = now;
    const feeding = fed ? `${span("map", fed.maps[0], fed.maps.at(-1))}, ${area(fed.sides)}` : "no unit";
    v.say(open ? `${called}: ${now.formula}; sees ${area(now.seen)} of the image; feeds ${feeding} of ${steps[at + 1]?.name ?? "a later layer"}` : "");
  }

  const nudge = ([words, key]) => make("button", {
    type: "button",
    onclick: () => {
      const [at, ...place] = unit(s, steps);
      go(at, place.map((part, axis) => within(part + moved(key)[axis], 0, steps[at].shape[axis] - 1)));
    },
  }, words);
  const [image, ...others] = panels.map(({ node }) => node);
  v.root.append(
    make("p", {}, data.about),
    make("div", { class: "controls" }, choice(v, "scale", "Brightest", { map: "in each map", layer: "in the layer" })),
    predict.node,
    make("div", { class: "panels" }, image, make("div", { class: "panel unit" }, unitPane, ...Object.entries(data.buttons).map(nudge), turns)),
    v.live,
    make("p", {}, data.legend),
    make("div", { class: "panels" }, ...others),
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(update);
  return v.stop;
}

export default { render };
