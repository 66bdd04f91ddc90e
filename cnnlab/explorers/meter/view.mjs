// The page of the weights meter: two layers, three bars each, on powers of ten.
import { numberField, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { code, costs, fields, impossible, memory, spoken } from "./arithmetic.mjs";

const KIND = "meter";
const LAYERS = { dense: "dense layer", conv: "convolution" };
const BARS = { parameters: "parameters", work: "multiply-adds for one image", outputs: "outputs" };
const POWERS = 15;

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Weights meter" });
  const { make, state: s } = v;
  const number = (name, label) => numberField(v, name, label, fields[name]);
  let now = {};
  v.onDraw(() => (now = { why: impossible(s), ...costs(s) }));

  const bars = Object.entries(BARS).map(([name, words]) => {
    const lines = Object.entries(LAYERS).map(([layer, title]) => {
      const bar = make("span", { class: `bar ${layer}` });
      const text = make("span", {});
      return { layer, bar, text, node: make("div", { class: "line" }, make("span", { class: "layer" }, title), make("span", { class: "track" }, bar), text) };
    });
    return { name, lines, node: make("div", {}, make("p", { class: "name" }, words), ...lines.map((line) => line.node)) };
  });
  const why = make("p", { class: "wrong", role: "alert" });
  const all = make("div", { class: "meter" }, ...bars.map((bar) => bar.node), make("p", { class: "small" }, "Each step of the scale is ten times the one before."));
  const predict = gate(v, model, {
    question: () => ({
      words: "How many parameters does the convolution have, biases included?",
      inputs: ["parameters"],
      answer: [now.conv.parameters],
      explain: "Each filter has k · k · channels weights and one bias. The size of the image does not matter.",
    }),
    onChange: () => draw(),
  });

  function draw() {
    const open = predict.isOpen();
    predict.draw();
    why.textContent = now.why;
    all.hidden = !open;
    bars.forEach(({ name, lines }) => lines.forEach(({ layer, bar, text }) => {
      const value = now[layer][name];
      bar.style.width = `${(100 * Math.log10(Math.max(value, 1))) / POWERS}%`;
      text.textContent = spoken(value) + (name === "parameters" ? `, ${memory(value)} in float32` : "");
    }));
    const [more, less] = now.dense.work > now.conv.work ? ["dense layer", "convolution"] : ["convolution", "dense layer"];
    if (open) v.say(`The dense layer has ${spoken(now.dense.parameters)} parameters, the convolution ${spoken(now.conv.parameters)}. The ${more} does more work than the ${less}.`);
  }

  v.root.append(
    make("div", { class: "controls" }, number("rows", "image rows"), number("columns", "image columns"), number("channels", "channels"),
      number("neurons", "neurons"), number("filters", "filters"), number("kernel", "kernel k")),
    predict.node, why, all, v.live, codeTab(v, code), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
