// The page of the shift microscope: the pattern, each map, a curve for each kind of pooling.
import { choice, grid, numberField, picker, show, toggle, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { before, code, compared, curves, differs, fields, image, layers, moves, period, PLACE, ROWS } from "./arithmetic.mjs";

const KIND = "shift";
// The edges of the chart, and a mark for each kind.
const LEFT = 44;
const RIGHT = 348;
const BOTTOM = 176;
const MARKS = {
  none: "m-3-3v6h6v-6z",
  max: "m-4-4h8v8h-8z",
  average: "m0-4l4 7h-8z",
  stride: "m0-4l4 4l-4 4l-4-4z",
  blur: "m-3-3l6 6m0-6l-6 6",
  global: "m-4 0h8m-4-4v8",
};
const LAST = fields.right.high;
const inside = (n) => Math.max(0, Math.min(LAST, n));
const across = (right) => LEFT + ((RIGHT - LEFT) * right) / LAST;

/** Make an element of an SVG. */
function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...children);
  return node;
}

/** The line of a kind in the chart and in its legend, with marks at some points. */
const line = (kind, d, points, chosen) =>
  svg("g", { class: `cl-line cl-${kind}${chosen ? " cl-chosen" : ""}` }, svg("path", { d }),
    svg("path", { class: "cl-marks", d: points.map((point) => `M${point}${MARKS[kind]}`).join("") }));

/** The chart of a measure: a line for each kind, and one where the shift is. */
function chart(v, words, value) {
  const s = v.state;
  const text = (x, y, written = "", anchor = "middle") => svg("text", { x, y, "text-anchor": anchor }, written);
  const ticks = [BOTTOM, 93, 10].map((y) => text(LEFT - 6, y + 4, "", "end"));
  const here = svg("path", {});
  const lines = svg("g", {});
  const shifts = Array.from({ length: LAST + 1 }, (_, right) => text(across(right), BOTTOM + 16, right));
  const node = svg("svg", { class: "cl-chart", viewBox: "0 0 360 214", role: "img" }, svg("path", { d: `M${LEFT} 10V${BOTTOM}H${RIGHT}` }),
    ...ticks, ...shifts, text(196, 208, words.axis), here, lines);
  const update = (all) => {
    const known = Object.values(all).flat().filter(Number.isFinite);
    const low = Math.floor(Math.min(0, ...known));
    const high = Math.ceil(Math.max(1, ...known));
    ticks.forEach((tick, at) => (tick.textContent = value(low + ((high - low) * at) / 2)));
    here.setAttribute("d", `M${across(s.right)} 10V${BOTTOM}`);
    lines.replaceChildren(...[...Object.keys(all).filter((kind) => kind !== s.kind), s.kind].map((kind) => {
      const points = all[kind].flatMap((height, right) =>
        (Number.isFinite(height) ? [`${across(right)} ${BOTTOM - ((BOTTOM - 10) * (height - low)) / (high - low)}`] : []));
      return line(kind, `M${points.join("L")}`, points, kind === s.kind);
    }));
    node.setAttribute("aria-label", Object.keys(all).map((kind) => `${words.kind[kind]}: ${all[kind].map(value).join(", ")}`).join("; "));
  };
  return { node, update };
}

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Shift microscope" });
  const { make, state: s } = v;
  const data = model.get("data");
  const { words } = data;
  const number = (name, label) => numberField(v, name, label, fields[name]);
  const list = (name) => picker(v, name, name, words[name]);
  const value = (found) => (!Number.isFinite(found) ? "?" : s.measure === "changed" ? `${Math.round(100 * found)} %` : show(found));

  // --- what is computed once a change
  let now = {};
  let all = {};
  v.onDraw(() => {
    all = curves(s, data);
    const first = layers(s, data, s.kind, 0, 0);
    const maps = layers(s, data).map((layer, at) => {
      const was = before(first[at], s);
      const title = words.kind[layer.name] ? `Pooling ${layer.stage}: ${words.kind[layer.name]}` : `Convolution ${layer.stage}${s.relu ? ", ReLU" : ""}`;
      return { ...layer, title, was, found: compared(was, layer.map) };
    });
    now = { x: image(s, data), maps, last: maps.at(-1), first: first.at(-1) };
  });
  const corner = () => [s.down + PLACE, s.right + PLACE];
  const counted = ({ count, all }) => `${count} of ${all} values changed`;
  const along = () => {
    const [down, right] = moves(s, now.last.step);
    return `moved along, right ${right}, down ${down}`;
  };

  const panel = (...nodes) => make("div", { class: "panel" }, make("p", { class: "name" }), ...nodes);

  // --- the pattern, the maps of each stage, and what the last one is compared with
  const numbers = (read, move) => {
    const choose = move ?? ((row, column) => {
      const { title, map, was = map } = read();
      v.say(`${title}, row ${row}, column ${column}: ${show(map[row][column])}, before ${show(was[row][column])}`);
    });
    const { node, update } = grid(v, {
      label: "Map",
      choose,
      enter: choose,
      describe: (i, j) => {
        const { map, was = map } = read();
        const [cell, old] = [map[i][j], was[i][j]];
        const changed = differs(cell, old);
        const text = show(cell);
        return {
          text: !cell && !changed ? "" : text.length < 5 ? text : show(Math.round(cell)),
          kinds: `${cell > 0 ? "positive" : cell < 0 ? "negative" : ""}${changed ? " differs" : ""}${move && [i, j].join() === corner().join() ? " window" : ""}`,
          label: text + (changed ? `, changed, before ${show(old)}` : ""),
        };
      },
    });
    const note = make("p", {});
    const box = panel(note, make("div", { class: "scroll" }, node));
    const draw = () => {
      const shown = read();
      box.hidden = !shown || (shown.map !== now.x && !predict.isOpen());
      if (box.hidden) return;
      box.firstChild.textContent = shown.title;
      node.setAttribute("aria-label", shown.title);
      node.classList.toggle("cl-large", shown.map.length < ROWS);
      note.textContent = shown.note ?? counted(shown.found);
      update(shown.map.length, shown.map[0].length, move && corner());
    };
    return { box, draw };
  };
  // The current cell of the first grid is the corner of the pattern.
  const place = (row, column) => v.set({ down: inside(row - PLACE), right: inside(column - PLACE) });
  const input = numbers(() => ({ title: "Pattern", map: now.x, note: words.move }), place);
  const maps = [0, 1, 2, 3].map((at) => numbers(() => now.maps[at]));
  maps.push(numbers(() => ({ title: words.was, map: now.last.was, note: s.compare === "along" ? along() : words.compare.stays })));

  // --- the chart; the choice of the kind is its legend
  const plot = chart(v, words, value);
  const slider = make("input", { type: "range", max: LAST, "aria-label": words.axis, oninput: () => v.set({ right: Number(slider.value) }) });
  const legend = choice(v, "kind", "Pooling", words.kind);
  legend.classList.add("cl-kinds");
  const shares = fields.kind.options.map((kind, at) => {
    const label = legend.children[at + 1];
    const share = make("b", {});
    label.firstChild.after(svg("svg", { width: 34, height: 16, "aria-hidden": "true" }, line(kind, "M0 8H34", ["17 8"])));
    label.append(share);
    return () => (share.textContent = predict.isOpen() ? value(all[kind][s.right]) : "");
  });
  const curve = panel(plot.node, slider);

  // --- words
  const fact = make("p", {});
  const predict = gate(v, model, {
    question: () => ({
      words: words.question,
      inputs: ["pixels"],
      answer: [period(s, data)],
      explain: step(),
    }),
    onChange: () => draw(),
  });
  const step = () => {
    const { step: n } = now.last;
    return (n > LAST ? words.all : words.step.replaceAll("#", n)) + words.edge;
  };
  function draw() {
    const open = predict.isOpen();
    const { first, last } = now;
    predict.draw();
    input.draw();
    maps.forEach((map) => map.draw());
    slider.value = s.right;
    curve.firstChild.textContent = `Curves: ${words.measure[s.measure]}`;
    curve.hidden = fact.hidden = !open;
    plot.update(all);
    shares.forEach((write) => write());
    fact.textContent = step();
    const other = compared(before(first, { ...s, compare: "along" }), last.map);
    v.say(open ? `Moved right ${s.right}, down ${s.down}. ${last.title}: ${counted(compared(first.map, last.map))}; if the map before is ${along()}: ${other.count} of ${other.all}.` : "");
  }

  v.root.append(
    make("div", { class: "controls" }, data.image ? "" : list("pattern"), number("right", "moved right"), number("down", "moved down"),
      list("kernel"), toggle(v, "relu", "ReLU"), number("stages", "stages"), number("size", "window"), number("stride", "stride")),
    make("div", { class: "controls" }, choice(v, "compare", words.against, words.compare), list("measure")),
    predict.node,
    make("div", { class: "panels micro" }, input.box, make("div", { class: "panel" }, curve, legend)),
    v.live, fact,
    make("div", { class: "panels micro" }, ...maps.map((map) => map.box)),
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
