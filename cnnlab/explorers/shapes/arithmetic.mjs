// Where windows are placed along an axis, and what they give. Pure: no page, no kit.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  rows: size(7, 1, 12),
  columns: size(9, 1, 12),
  kernelRows: size(3, 1, 7),
  kernelColumns: size(2, 1, 7),
  strideRows: size(2, 1, 4),
  strideColumns: size(2, 1, 4),
  dilation: size(1, 1, 3),
  padding: { start: "same", options: ["valid", "same", "torch", "sides"] },
  around: size(1, 0, 4),
  top: size(0, 0, 4),
  bottom: size(1, 0, 4),
  left: size(0, 0, 4),
  right: size(1, 0, 4),
  row: size(0, 0, 19),
  column: size(0, 0, 19),
  compare: { start: "none", options: ["none", "valid", "same", "torch", "sides"] },
  usage: { start: false, truth: true },
  second: { start: false, truth: true },
  secondKernel: size(3, 1, 7),
  secondStride: size(1, 1, 4),
  secondPadding: { start: "valid", options: ["valid", "same"] },
};

/** Cells before and after an axis of n cells with "same" padding, as Keras pads. */
export function samePadding(n, span, stride) {
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + span - n, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Padding of an axis: [before, after]. `ends` are the two sides for "sides". */
export function padding(kind, n, span, stride, around, ends) {
  if (kind === "valid") return [0, 0];
  if (kind === "same") return samePadding(n, span, stride);
  return kind === "torch" ? [around, around] : ends;
}

/**
 * Place windows along one axis.
 * `starts` are the first cells of the windows, counted from the first cell that is not
 * padding; `usage[p]` is how many windows read cell p; `ignored` are padded cells at the
 * end that no window reaches, real or not.
 */
export function axis(n, k, stride, dilation, [before, after]) {
  const span = dilation * (k - 1) + 1;
  const padded = n + before + after;
  const out = padded < span ? 0 : Math.floor((padded - span) / stride) + 1;
  const starts = Array.from({ length: out }, (_, i) => i * stride - before);
  const usage = Array(n).fill(0);
  for (const start of starts) {
    for (let a = 0; a < k; a++) {
      const p = start + a * dilation;
      if (p >= 0 && p < n) usage[p] += 1;
    }
  }
  const ignored = out ? padded - ((out - 1) * stride + span) : 0;
  return { n, k, stride, dilation, span, before, after, padded, out, starts, usage, ignored };
}

/** Both axes for the padding of a state, or for another one. */
export function axes(s, kind = s.padding) {
  const along = (n, k, stride, ends) => {
    const span = s.dilation * (k - 1) + 1;
    return axis(n, k, stride, s.dilation, padding(kind, n, span, stride, s.around, ends));
  };
  return [
    along(s.rows, s.kernelRows, s.strideRows, [s.top, s.bottom]),
    along(s.columns, s.kernelColumns, s.strideColumns, [s.left, s.right]),
  ];
}

/** The second layer's axes, on the output of the first. */
export function secondAxes(s, first = axes(s)) {
  return first.map(({ out }) => {
    const kind = s.secondPadding;
    const ends = padding(kind, out, s.secondKernel, s.secondStride, 0, [0, 0]);
    return axis(out, s.secondKernel, s.secondStride, 1, ends);
  });
}

/** Why a state has no output; an empty text if it has one. */
export function impossible(s, [down, across] = axes(s), layer = "the kernel") {
  const lacking = [["rows", down], ["columns", across]].find(([, a]) => a.out < 1);
  if (!lacking) return "";
  const [name, a] = lacking;
  return `${layer} spans ${a.span} ${name}, but only ${a.padded} are there: make it smaller, or pad more`;
}

/** The formula of one axis with its numbers. */
export function formula({ n, span, stride, before, after, out }) {
  return `⌊(${n} + ${before} + ${after} − ${span}) / ${stride}⌋ + 1 = ${out}`;
}

/** The image: signed numbers without symmetry, the same on every computer. */
export function image({ rows, columns }) {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => (((i + 2) * (j + 3) * 7 + 3 * i + j * j) % 13) - 5));
}

/** The kernel: no two weights of a row are equal. */
export function kernel({ kernelRows, kernelColumns }) {
  return Array.from({ length: kernelRows }, (_, a) =>
    Array.from({ length: kernelColumns }, (_, b) => ((2 * a + 3 * b + 1) % 5) - 1));
}

/** The output: sums of products, padding counting as 0. */
export function output(x, w, [down, across], dilation) {
  return down.starts.map((top) => across.starts.map((left) => {
    let sum = 0;
    w.forEach((line, a) => line.forEach((weight, b) => {
      sum += weight * (x[top + a * dilation]?.[left + b * dilation] ?? 0);
    }));
    return sum;
  }));
}

const list = (values) => `[${values.map((line) => `[${line.join(", ")}]`).join(", ")}]`;

/** What the code leaves in its variables; nothing where there is no output. */
export function answers(s) {
  const where = axes(s);
  if (impossible(s, where)) return { NumPy: {}, Keras: {} };
  const value = output(image(s), kernel(s), where, s.dilation);
  return { NumPy: { numpy_output: value }, Keras: refused(s) ? {} : { keras_output: value } };
}

/** Whether Keras has no such layer. */
const refused = (s) => s.dilation > 1 && Math.max(s.strideRows, s.strideColumns) > 1;

/** NumPy and Keras code that makes the numbers on screen. */
export function code(s) {
  const where = axes(s);
  const [down, across] = where;
  const why = impossible(s, where);
  if (why) return { NumPy: `# ${why}\n`, Keras: `# ${why}\n` };
  const arrays = `import numpy as np\n\nimage = np.array(${list(image(s))}, "float32")\n` +
    `kernel = np.array(${list(kernel(s))}, "float32")\n`;
  const pad = `padded = np.pad(image, ((${down.before}, ${down.after}), (${across.before}, ${across.after})))\n`;
  const [d, steps] = [s.dilation, `::${s.strideRows}, ::${s.strideColumns}`];
  const NumPy = `${arrays}${pad}view = np.lib.stride_tricks.sliding_window_view\n` +
    `windows = view(padded, (${down.span}, ${across.span}))[${steps}, ::${d}, ::${d}]\n` +
    `numpy_output = np.einsum("ijab,ab->ij", windows, kernel)\nprint(numpy_output)\n`;
  if (refused(s)) return { NumPy, Keras: "# Keras refuses stride and dilation above 1 together.\n" };
  const own = s.padding === "valid" || s.padding === "same";
  const Keras = `${arrays}${own ? "" : pad}import keras\n\nbatch = ${own ? "image" : "padded"}[None, :, :, None]\n` +
    `layer = keras.layers.Conv2D(1, kernel.shape, (${s.strideRows}, ${s.strideColumns}), ` +
    `"${own ? s.padding : "valid"}", dilation_rate=${d}, use_bias=False)\nlayer.build(batch.shape)\n` +
    `layer.set_weights([kernel[:, :, None, None]])\n` +
    `keras_output = keras.ops.convert_to_numpy(layer(batch))[0, :, :, 0]\nprint(keras_output)\n`;
  return { NumPy, Keras };
}
