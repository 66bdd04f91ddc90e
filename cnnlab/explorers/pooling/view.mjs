// The page of the pooling bench: the map, what pooling makes of it, the way back, a shift.
import { grid, numberField, picker, show, toggle, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { back, bench, code, fields, image, impossible, largest, sum } from "./arithmetic.mjs";

const KIND = "pooling";
const CELL = 40;
const KINDS = { max: "max", average: "average", stride: "stride only", blur: "max, blurred", global: "global average" };

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Pooling bench" });
  const { make, state: s } = v;
  const data = model.get("data");
  const number = (name, label) => numberField(v, name, label, fields[name]);

  // --- what is computed once a change
  let now = {};
  let y = null;
  const all = {};
  v.onDraw(() => {
    for (const kind of fields.kind.options) all[kind] = bench({ ...s, kind }, data);
    y = all[s.kind];
    now = { x: image(s, data), why: impossible(s, data) };
    if (!y) return;
    const at = [Math.min(s.row, y.value.length - 1), Math.min(s.column, y.value[0].length - 1)];
    const usage = now.x.map((line) => line.map(() => 0));
    for (const [row, column] of y.reads.flat(2)) usage[row][column] += 1;
    const inside = y.reads[at[0]][at[1]];
    now = { ...now, ...back(s, y), at, usage, inside, peaks: largest(now.x, inside) };
  });
  const share = ({ changed, all, above, below }) => `${changed} of ${all} change; shift change ${show(above)} / ${show(below)} = ${show(above / below)}`;
  const added = (terms) => (terms[1] ? `${terms.map(show).join(" + ")} = ` : "") + show(sum(terms));
  const isMax = () => s.kind === "max";

  // --- grids
  const real = (i, j) => (y ? [i - y.where[0].lead, j - y.where[1].lead] : [i, j]);
  const tellCell = (i, j) => {
    const [row, column] = real(i, j);
    const terms = y && now.terms[row]?.[column];
    if (!terms || !predict.isOpen()) return;
    const got = s.backward ? `; gradient ${added(terms)}` : "";
    v.say(`${show(now.x[row][column])}: windows that read it: ${now.usage[row][column]}${got}`);
  };
  const input = grid(v, {
    label: "Map",
    choose: tellCell,
    enter: tellCell,
    describe: (i, j) => {
      const [row, column] = real(i, j);
      const value = now.x[row]?.[column];
      if (value === undefined) return { kinds: "pad", label: "padding, left out" };
      const has = (cells) => cells.some((cell) => cell[0] === row && cell[1] === column);
      const text = show(value ?? NaN);
      if (!y) return { text };
      const largest = isMax() && has(y.parts[now.at[0]][now.at[1]]);
      const marks = { window: has(now.inside), largest, tied: isMax() && !largest && has(now.peaks), ignored: !now.usage[row][column] };
      const kinds = Object.keys(marks).filter((name) => marks[name]);
      return { text, kinds: kinds.join(" "), label: [text, ...kinds].join(", ") };
    },
  });
  const tell = (row, column) => {
    const over = y.over[row][column];
    const terms = (isMax() ? y.reads : y.parts)[row][column].map(([i, j, weight]) => (weight > 1 ? `${weight}·` : "") + show(now.x[i][j]));
    const list = terms.slice(0, 16).join(isMax() ? ", " : " + ") + (terms[16] ? " …" : "");
    const how = isMax() ? `largest of ${list}` : over > 1 ? `(${list}) / ${over}` : list;
    v.say(`Output row ${row}, column ${column}: ${how} = ${show(y.value[row][column])}`);
  };
  // --- the map is moved: by the fields, or by dragging the cells or the handle
  const inside = (n) => Math.max(-4, Math.min(4, n));
  let from = null;
  const drag = (event) => {
    const at = [event.clientY, event.clientX];
    if (event.type === "pointerdown") {
      from = at;
      event.target.setPointerCapture(event.pointerId);
    } else if (from && event.buttons) {
      event.stopPropagation();
      const [down, right] = at.map((place, axis) => Math.trunc((place - from[axis]) / CELL));
      if (!down && !right) return;
      from = [from[0] + down * CELL, from[1] + right * CELL];
      v.set({ up: inside(s.up - down), left: inside(s.left - right) });
    }
  };
  const panel = (name, node, ...more) => make("div", { class: "panel" }, make("p", { class: "name" }, name), make("div", { class: "scroll" }, node), ...more);
  const mapBox = panel("Map", input.node, make("p", { class: "handle" }, "drag the map"));
  for (const type of ["pointerdown", "pointermove"]) mapBox.addEventListener(type, drag, { signal: v.signal, capture: true });

  // --- the grids of numbers: each is shown where its values are there
  const numbers = (label, value, more) => {
    const { node, update } = grid(v, {
      label,
      ...more,
      describe: (i, j) => {
        const cell = value()[i][j];
        const differs = value() === y.value && Math.abs(cell - y.first[i][j]) > 1e-9;
        const here = more && i === now.at[0] && j === now.at[1];
        const kinds = `${cell > 0 ? "positive" : cell < 0 ? "negative" : ""}${here ? " window" : ""}${differs ? " differs" : ""}`;
        return { text: show(cell), kinds, label: show(cell) + (differs ? ", changed" : "") };
      },
    });
    return { value, update, box: panel(label, node) };
  };
  const choose = (row, column) => {
    v.set({ row, column });
    tell(row, column);
  };
  const grids = [
    numbers("Output", () => y.value, { choose, enter: tell }),
    numbers("Output before the move", () => y.moved && y.first),
    numbers("Gradient that arrives", () => s.backward && now.arrived),
    numbers("Gradient passed on", () => s.backward && now.sums),
  ];

  // --- words
  const why = make("p", { class: "wrong", role: "alert" });
  const facts = make("ul", { class: "facts" });
  const factLines = () => {
    const counts = now.usage.flat();
    const lines = [`${counts.length} numbers become ${y.all}`, `windows that read a cell: ${Math.min(...counts)} to ${Math.max(...counts)}`];
    if (now.inside.length < y.where[0].span * y.where[1].span) lines.push(`padding is left out: this window has ${now.inside.length} cells`);
    if (isMax() && now.peaks[1]) lines.push(`a tie of ${now.peaks.length}: the first, row by row, gets the gradient`);
    for (const [kind, words] of Object.entries(KINDS)) {
      const found = all[kind];
      const [row, column] = kind === "global" ? [0, 0] : now.at;
      const here = found?.value[row]?.[column];
      if (here !== undefined) lines.push(`${words}: here ${show(here)}${y.moved ? `; ${share(found)}` : ""}`);
    }
    return lines;
  };
  const predict = gate(v, model, {
    question: () => {
      const ask = (words, answer, explain) => ({ words, inputs: ["number"], answer: [answer], explain });
      if (!y) return ask("What comes out?", "nothing", now.why);
      const [row, column] = y.parts[now.at[0]][now.at[1]][0];
      const terms = now.terms[row][column];
      if (s.backward) return ask(`Which gradient does row ${row}, column ${column} of the map get?`, Math.round(sum(terms) * 100) / 100, added(terms));
      const found = (!y.moved && bench({ ...s, left: 1 }, data)) || y;
      return ask(`How many of the ${found.all} outputs change by ${y.moved ? "this move" : "a move left by one"}?`, found.changed, share(found));
    },
    onChange: () => draw(),
  });
  let place = 0;
  function draw() {
    const open = Boolean(y) && predict.isOpen();
    predict.draw();
    why.textContent = now.why;
    input.update(...(y ? y.where.map((axis) => axis.n + axis.total) : [s.rows, s.columns]));
    for (const { value, box, update } of grids) {
      const cells = open && value();
      box.hidden = !cells;
      if (cells) update(cells.length, cells[0].length, now.at);
    }
    facts.replaceChildren(...(open ? factLines() : []).map((line) => make("li", {}, line)));
    const here = s.up * 9 + s.left;
    if (open && place !== here) v.say(`${KINDS[s.kind]}: ${share(y)}`);
    place = here;
  }

  v.root.append(
    make("div", { class: "controls" }, number("rows", "rows"), number("columns", "columns"),
      picker(v, "kind", "pooling", KINDS), number("size", "window"), number("stride", "stride"), picker(v, "padding", "padding", { valid: "valid", same: "same" }),
      number("up", "moved up"), number("left", "moved left"), toggle(v, "relu", "ReLU first"), toggle(v, "backward", "gradients")),
    predict.node, why,
    make("div", { class: "panels pool" }, mapBox, ...grids.map(({ box }) => box)),
    v.live, facts,
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
