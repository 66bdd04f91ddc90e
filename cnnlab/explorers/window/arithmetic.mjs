// One convolution, step by step: windows, products, sums over channels. Pure.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  rows: size(5, 1, 12),
  columns: size(6, 1, 12),
  kernelRows: size(3, 1, 12),
  kernelColumns: size(2, 1, 12),
  channels: size(1, 1, 3),
  filters: size(1, 1, 4),
  stride: size(1, 1, 4),
  around: size(0, 0, 3),
  bias: size(1, -9, 9),
  flip: { start: false, truth: true },
  filter: size(0, 0, 3),
  row: size(0, 0, 17),
  column: size(0, 0, 17),
  pixelRow: size(0, 0, 11),
  pixelColumn: size(0, 0, 11),
  backwards: { start: false, truth: true },
  // Changed cells: x,channel,row,column,value and k,filter,channel,row,column,value.
  edits: { start: "", letters: "xk0-9,~.-", longest: 2000 },
};

/** Read changed cells: {"x,0,1,2": 5, …}. */
export function changes(text) {
  const found = {};
  for (const part of text.split("~").filter(Boolean)) {
    const items = part.split(",");
    const value = Number(items.pop());
    if (Number.isFinite(value)) found[items.join(",")] = value;
  }
  return found;
}

/** The text of the changed cells, with one more. */
export function changed(text, key, value) {
  return Object.entries({ ...changes(text), [key]: value }).map((pair) => pair.join(",")).join("~");
}

const table = (rows, columns, cell) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => cell(i, j)));

const many = (count, make) => Array.from({ length: count }, (_, n) => make(n));

/** The input: [channel][row][column]. */
export function image(s) {
  const mine = changes(s.edits);
  return many(s.channels, (c) => table(s.rows, s.columns, (i, j) =>
    mine[`x,${c},${i},${j}`] ?? ((((i + 2) * (j + 3) * 7 + 3 * i + j * j + 5 * c) % 13) - 5)));
}

/** The kernels as they are written: [filter][channel][row][column]. */
export function kernels(s) {
  const mine = changes(s.edits);
  return many(s.filters, (f) => many(s.channels, (c) => table(s.kernelRows, s.kernelColumns, (a, b) =>
    mine[`k,${f},${c},${a},${b}`] ?? (((2 * a + 3 * b + 4 * c + 7 * f + 1) % 5) - 1))));
}

/** A kernel's slice as it lies on the image: turned by 180 degrees where it is flipped. */
export function laid(slice, flip) {
  return flip ? slice.map((line) => [...line].reverse()).reverse() : slice;
}

/** Rows and columns of the output; 0 where the kernel does not fit. */
export function shape(s) {
  const along = (n, k) => Math.max(Math.floor((n + 2 * s.around - k) / s.stride) + 1, 0);
  return [along(s.rows, s.kernelRows), along(s.columns, s.kernelColumns)];
}

/** Why there is no output; an empty text if there is one. */
export function impossible(s) {
  const [rows, columns] = shape(s);
  if (rows && columns) return "";
  const [name, k, n] = rows ? ["columns", s.kernelColumns, s.columns] : ["rows", s.kernelRows, s.rows];
  return `the kernel has ${k} ${name}, the image with its padding only ${n + 2 * s.around}: make one smaller or pad more`;
}

/** One step: products [channel][row][column], their sums by channel, and the output. */
export function step(s, x, slices, row, column) {
  const products = slices.map((slice, c) => laid(slice, s.flip).map((line, a) => line.map((weight, b) =>
    weight * (x[c][row * s.stride - s.around + a]?.[column * s.stride - s.around + b] ?? 0))));
  const sums = products.map((grid) => grid.flat().reduce((sum, value) => sum + value, 0));
  return { products, sums, value: sums.reduce((sum, value) => sum + value, s.bias) };
}

/** The whole output: [filter][row][column]. */
export function output(s) {
  const [x, [rows, columns]] = [image(s), shape(s)];
  return kernels(s).map((slices) => table(rows, columns, (i, j) => step(s, x, slices, i, j).value));
}

/** Whether output (row, column) reads pixel (i, j). */
export function reads(s, row, column, i, j) {
  const [a, b] = [i - (row * s.stride - s.around), j - (column * s.stride - s.around)];
  return a >= 0 && a < s.kernelRows && b >= 0 && b < s.kernelColumns;
}

const list = (value) => (Array.isArray(value) ? `[${value.map(list).join(", ")}]` : String(value));

/** What the code leaves in its variables; nothing where there is no output. */
export function answers(s) {
  if (impossible(s)) return { NumPy: {}, Keras: {} };
  const value = output(s);
  return { NumPy: { numpy_output: value }, Keras: { keras_output: value } };
}

/** NumPy and Keras code that makes the numbers on screen: filters come first. */
export function code(s) {
  const why = impossible(s);
  if (why) return { NumPy: `# ${why}\n`, Keras: `# ${why}\n` };
  const flip = s.flip ? "kernels = kernels[:, :, ::-1, ::-1]  # flipped\n" : "";
  const arrays = `import numpy as np\n\nimage = np.array(${list(image(s))}, "float32")\n` +
    `kernels = np.array(${list(kernels(s))}, "float32")\n${flip}` +
    `padded = np.pad(image, ((0, 0), (${s.around}, ${s.around}), (${s.around}, ${s.around})))\n`;
  const NumPy = `${arrays}view = np.lib.stride_tricks.sliding_window_view\n` +
    `windows = view(padded, (${s.kernelRows}, ${s.kernelColumns}), (1, 2))[:, ::${s.stride}, ::${s.stride}]\n` +
    `numpy_output = np.einsum("cijab,fcab->fij", windows, kernels) + ${s.bias}\nprint(numpy_output)\n`;
  const Keras = `${arrays}import keras\n\nbatch = padded.transpose(1, 2, 0)[None]\n` +
    `weights = kernels.transpose(2, 3, 1, 0)\n` +
    `maps = keras.ops.conv(batch, weights, ${s.stride}, "valid") + ${s.bias}\n` +
    `keras_output = keras.ops.convert_to_numpy(maps)[0].transpose(2, 0, 1)\nprint(keras_output)\n`;
  return { NumPy, Keras };
}
