// The page of draw and diagnose: the drawing, what the network reads, maps, probabilities.
import { show, toggle, view, within } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { chooser, corner, laid, moved, outline, paint } from "../kit/maps.mjs";
import { halves, reads, run, unit, valueAt } from "../kit/network.mjs";
import { code, fields, inked, input, led, letters, softmax, stroke } from "./arithmetic.mjs";

const KIND = "draw";
const WIDTH = 376;
const SIDES = [28, 28];
const IMAGE = laid(10, [...SIDES, 1], 282);

const onImage = (place) => place.map((part) => (part + 0.5) * 10 + 1);

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Draw and diagnose" });
  const { make, state: s } = v;
  const data = model.get("data");
  const { digits, steps } = data;
  const numbers = halves(data.weights);
  const answer = (shares) => shares.indexOf(Math.max(...shares));
  const best = (shares) => `${answer(shares)} (${show(100 * shares[answer(shares)])} %)`;

  // --- what is computed once a change
  let now = {};
  let spoken = false;
  v.onDraw(() => {
    const key = JSON.stringify({ ...s, layer: 0, channel: 0, row: 0, column: 0 });
    if (key !== now.key) {
      const made = input(s, digits);
      const maps = run(steps, numbers, made.read);
      const other = run(steps, numbers, input({ ...s, prepare: !s.prepare }, digits).read).at(-1);
      now = { key, ...made, maps, shares: softmax(maps.at(-1)), others: softmax(other) };
    }
    const [at, ...place] = unit(s, steps);
    Object.assign(now, { at, place, seen: reads(steps[at], place, SIDES) });
  });

  // --- the drawing
  let pen = [14, 14];
  let down = false;
  const draw = (to) => {
    v.set({ ink: letters(stroke(inked(s.ink || digits[s.pick]), pen, to)) });
    pen = to;
  };
  const placed = (event) => [event.offsetY, event.offsetX].map((part) => (part / pad.clientWidth) * 28.2 - 0.6);
  const pad = make("canvas", {
    class: "board",
    role: "application",
    tabindex: 0,
    "aria-label": "Drawing: arrow keys move the pen, Space sets it down or lifts it",
    onpointerdown: (event) => {
      pad.setPointerCapture(event.pointerId);
      pen = placed(event);
      draw(pen);
    },
    onpointermove: (event) => event.buttons && draw(placed(event)),
    onkeydown: (event) => {
      const move = moved(event.key);
      const to = pen.map((part, axis) => within(Math.round(part) + (move ? move[axis] : 0), 0, 27));
      if (event.key === " ") down = !down;
      else if (!move) return;
      event.preventDefault();
      if (down) draw(to);
      pen = to;
      v.say(`pen ${down ? "down" : "up"}, row ${pen[0]}, column ${pen[1]}`);
      update();
    },
  });
  const pictures = digits.map((text, pick) => {
    const canvas = make("canvas", {});
    paint(canvas, inked(text), laid(1, [28, 28, 1], 30));
    return make("button", { type: "button", class: "pick", "aria-label": `Drawing ${pick}`, onclick: () => v.set({ pick, ink: "" }) }, canvas);
  });
  const slider = (name, label) => {
    const value = make("span", {});
    const { low: min, high: max } = fields[name];
    const range = make("input", { type: "range", min, max, oninput: () => v.set({ [name]: Number(range.value) }) });
    v.onDraw(() => {
      range.value = s[name];
      value.textContent = `${label}: ${show(s[name])}`;
    });
    return make("label", { class: "number" }, value, range);
  };

  // --- maps: a unit by pointer or by key
  const panels = steps.map(({ name, shape }, layer) => {
    const layout = laid(within(Math.floor(45 / shape[0]), 3, 10), shape, WIDTH);
    const choose = ([row, column, channel]) => {
      spoken = true;
      v.set({ layer, row, column, channel });
    };
    const current = () => {
      const [at, ...place] = unit(s, steps);
      return at === layer ? place : undefined;
    };
    const canvas = chooser(v, { name, layout, current, choose, hovers: true });
    const drawMaps = () => {
      const context = paint(canvas, now.maps[layer], layout);
      if (now.at !== layer) return;
      const [row, column, channel] = now.place;
      const [y, x] = corner(layout, channel, row, column);
      outline(context, [0, 0, 0, 0], ([i, j]) => [y + (i + 0.5) * (layout.cell + 2) - 1, x + (j + 0.5) * (layout.cell + 2) - 1]);
    };
    const words = `${name}: ${shape[0] * shape[1] > 1 ? `${shape[2]} maps of ${shape[0]} × ${shape[1]}` : `${shape[2]} numbers`}`;
    return { drawMaps, node: pane(words, canvas) };
  });

  // --- answers
  const bars = now.shares.map(() => make("li", {}));
  const list = make("ul", { class: "bars", "aria-label": "Probability of each digit" }, ...bars);
  const eye = make("canvas", { class: "board" });
  const how = make("p", {});
  const compared = make("p", {});
  const predict = gate(v, model, {
    question: () => ({
      words: "Which digit does the network answer?",
      inputs: ["digit"],
      answer: [answer(now.shares)],
      explain: compared.textContent,
    }),
    onChange: () => update(),
  });
  const hidden = [pane("Answer", list), make("div", { class: "panels" }, ...panels.map(({ node }) => node)), compared];
  function update() {
    const open = predict.isOpen();
    const { ink } = now;
    how.textContent = ink ? `Ink: ${ink.sides.join(" × ")} cells, centre of mass (${show(ink.y)}, ${show(ink.x)}). MNIST: longer side 20, centre (14, 14).` : "No ink: draw, or pick a digit.";
    compared.textContent = `It answers ${best(now.shares)}; ${s.prepare ? "not " : ""}centred and scaled as MNIST was, ${best(now.others)}.`;
    predict.draw();
    for (const node of hidden) node.hidden = !open;
    const drawing = paint(pad, now.drawn, IMAGE);
    const net = paint(eye, now.read, IMAGE);
    outline(drawing, [pen[0], pen[0], pen[1], pen[1]], onImage, !down);
    pictures.forEach((button, pick) => button.setAttribute("aria-pressed", !s.ink && pick === s.pick));
    if (!open) return;
    outline(drawing, now.seen, (place) => onImage(led(now.first, led(now.second, place))));
    outline(net, now.seen, onImage);
    panels.forEach(({ drawMaps }) => drawMaps());
    bars.forEach((bar, digit) => {
      const share = 100 * now.shares[digit];
      bar.textContent = `${digit}: ${show(share)} %, logit ${show(now.maps.at(-1)[digit])}${digit === answer(now.shares) ? " ◀" : ""}`;
      bar.style.setProperty("--cl-share", `${share}%`);
    });
    if (!spoken) return;
    spoken = false;
    const [row, column, channel] = now.place;
    const [top, bottom, left, right] = now.seen;
    const { name, shape } = steps[now.at];
    v.say(`${name}, map ${channel}, row ${row}, column ${column}: ${show(valueAt(now.maps[now.at], shape, now.place))}; sees rows ${top} to ${bottom}, columns ${left} to ${right}`);
  }

  function pane(title, ...nodes) {
    return make("div", { class: "panel" }, make("p", { class: "name" }, title), ...nodes);
  }
  v.root.append(
    make("p", {}, data.about),
    make("div", { class: "controls" }, ...pictures, make("button", { type: "button", onclick: () => v.set({ ink: "A" }) }, "Clear")),
    make("div", { class: "controls" }, slider("right", "shift right"), slider("down", "shift down"), slider("rotate", "turn, degrees"),
      slider("scale", "scale, %"), slider("noise", "noise, %"), toggle(v, "prepare", "centre and scale as MNIST was")),
    predict.node,
    make("div", { class: "panels" }, pane("Draw here", pad), pane("The network reads", eye), hidden[0]),
    how, compared, v.live, hidden[1],
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(update);
  return v.stop;
}

export default { render };
