// A stack of layers: its text, its shapes and counts with their formulas, what Keras
// refuses, and code. Pure: no page, no kit. `data` comes from Python: `kinds` with Keras'
// name of each and what is written after its letter, `form` that a layer's text must
// match, `rule`, the same in words, `legal` numbers, and layers to be `added`.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  rows: size(28, 1, 512),
  columns: size(28, 1, 512),
  channels: size(1, 1, 512),
  stack: { start: "c8,3,1,s~p2,2,v~c16,3,1,s~p2,2,v~f~d32~d10", letters: "a-dfgprsv0-9,~", longest: 400 },
  budget: size(10000, 0, 999999),
  row: size(1, 0, 25),
  column: size(2, 0, 6),
};

/** Read a stack: {layers}, or {error} with one sentence. */
export function parse(text, { kinds, form, rule }) {
  const parts = text.split("~");
  const bad = parts.findIndex((part, i) => i >= 24 || !RegExp(form).test(part));
  if (bad >= 0) return { error: `layer ${bad + 1} is '${parts[bad].slice(0, 20)}': ${rule}` };
  const layers = parts.map((part) => {
    const values = part.slice(1).split(",");
    return { kind: part[0], ...Object.fromEntries(kinds[part[0]].slice(1).map((name, i) => [name, Number(values[i]) || values[i] === "s"])) };
  });
  return { layers };
}

/** Write a stack. */
export function written(layers, { kinds }) {
  return layers.map((layer) => layer.kind + kinds[layer.kind].slice(1).map((name) => (name === "same" ? (layer.same ? "s" : "v") : layer[name])).join()).join("~");
}

/** A layer as Keras' call. */
export function call({ kind, filters, units, window: k, stride, same }, { kinds }) {
  return `${kinds[kind][0]}(${[filters ?? units, k, stride, k && `"${same ? "same" : "valid"}"`].filter(Boolean).join(", ")})`;
}

const product = (numbers) => numbers.reduce((all, n) => all * n, 1);

/**
 * Follow one image through the layers, to the first that Keras refuses; the last line has
 * the sums, if it refuses none. Each line has `[number, formula]` of its output's values,
 * parameters, multiply-adds, bytes, field and jump; without a formula, a field is
 * all that comes in, and there is no jump.
 */
export function trace(s, layers) {
  const lines = [line([s.rows, s.columns, s.channels], { field: [1, "1"], jump: [1, "1"] })];
  for (const layer of layers) {
    lines.push(after(lines.at(-1), layer));
    if (lines.at(-1).refused) return lines;
  }
  const sum = (key) => {
    const each = lines.map((one) => one[key][0]);
    return [each.reduce((all, n) => all + n), each.join(" + ")];
  };
  return [...lines, { parameters: sum("parameters"), multiply_adds: sum("multiply_adds"), bytes: sum("bytes") }];
}

function line(shape, { output, parameters = [0, "0"], multiply_adds = [0, "0"], field, jump, note }) {
  const values = product(shape);
  const inputs = shape.join("·");
  return { shape, values: [values, output ?? inputs], parameters, multiply_adds, bytes: [4 * values, `${inputs}·4`], field, jump: shape[1] ? jump : [0, ""], note };
}

/** The line of one layer. */
function after({ shape, field: [r, seen], jump: [j] }, { kind, filters, units, window: k, stride, same }) {
  const [h, w] = shape;
  const c = shape.at(-1);
  if (!w && "cpag".includes(kind)) {
    return { refused: `it needs rows × columns × channels, not ${c} values in a row: move it up` };
  }
  const kept = { field: [r, seen && `${r}`], jump: [j, `${j}`] };
  const all = { field: [0, ""] };
  const inputs = shape.join("·");
  if (kind === "f") return line([product(shape)], { ...kept, output: inputs });
  if (kind === "g") return line([c], all);
  if (kind === "r") return line(shape, kept);
  if (kind === "b") return line(shape, { ...kept, parameters: [4 * c, `4·${c}`], multiply_adds: [product(shape), inputs] });
  if (kind === "d") {
    return line([...shape.slice(0, -1), units], {
      ...(w ? kept : all),
      note: w && "Keras accepts Dense here, for each position alone. Is Flatten missing?",
      parameters: [(c + 1) * units, `(${c} + 1)·${units}`],
      multiply_adds: [product(shape) * units, `${inputs}·${units}`],
    });
  }
  if (!same && k > Math.min(h, w)) {
    return { refused: `a ${k}×${k} window does not fit into ${h}×${w}: make it smaller, or choose "same"` };
  }
  const [rows, columns] = [h, w].map((n) => (same ? Math.ceil(n / stride) : Math.floor((n - k) / stride) + 1));
  const how = [h, w].map((n) => (same ? `ceil(${n} / ${stride})` : `(floor((${n} - ${k}) / ${stride}) + 1)`));
  const out = filters ?? c;
  const weights = `${k}·${k}·${c}`;
  return line([rows, columns, out], {
    output: `${how.join("·")}·${out}`,
    field: [r + (k - 1) * j, `${r} + (${k} - 1)·${j}`],
    jump: [j * stride, `${j}·${stride}`],
    ...(filters && {
      parameters: [(k * k * c + 1) * out, `(${weights} + 1)·${out}`],
      multiply_adds: [rows * columns * k * k * c * out, `${rows}·${columns}·${weights}·${out}`],
    }),
  });
}

const NAMES = ["values", "parameters", "multiply_adds", "field", "jump"];

/** What the code leaves in its variables. */
export function answers(s, data) {
  const lines = trace(s, parse(s.stack, data).layers).slice(1, -1);
  const of = (key) => lines.filter((each) => each[key][1]).map((each) => each[key][0]);
  const NumPy = Object.fromEntries(NAMES.map((key) => [`numpy_${key}`, of(key)]));
  return { NumPy, Keras: { keras_values: of("values"), keras_parameters: of("parameters") } };
}

/** NumPy code with the formulas, and Keras code that builds the model. */
export function code(s, data) {
  const { layers } = parse(s.stack, data);
  const lines = trace(s, layers).slice(1, -1);
  const head = layers[lines.length] ? `# Keras refuses layer ${lines.length + 1}.\n` : "";
  const calls = lines.map((_, i) => call(layers[i], data));
  const arrays = NAMES.map((key) => {
    const rows = lines.map((each, i) => each[key][1] && `    ${each[key][1].replaceAll("·", "*")},  # ${calls[i]}\n`);
    return `numpy_${key} = np.array([\n${rows.join("")}])\n`;
  });
  // As the course's `build`: a ReLU in each layer with weights but the last.
  const relu = (i) => "cd".includes(layers[i].kind) && layers[i + 1] && !"br".includes(layers[i + 1].kind);
  const made = calls.map((text, i) => `    layers.${relu(i) ? text.replace(")", ', activation="relu")') : text},\n`);
  return {
    NumPy: `${head}from math import ceil, floor\n\nimport numpy as np\n\n${arrays.join("")}print(numpy_parameters.sum())\n`,
    Keras: `${head}import math\n\nimport keras\nfrom keras import layers\n\n` +
      `model = keras.Sequential([\n    keras.Input((${s.rows}, ${s.columns}, ${s.channels})),\n${made.join("")}])\n` +
      "keras_values = [math.prod(layer.output.shape[1:]) for layer in model.layers]\n" +
      "keras_parameters = [layer.count_params() for layer in model.layers]\nprint(keras_parameters)\n",
  };
}
