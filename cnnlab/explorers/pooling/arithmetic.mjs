// Pooling of one map: which cells an output is made of, and what comes back to them. Pure.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  rows: size(4, 1, 12),
  columns: size(6, 1, 12),
  kind: { start: "max", options: ["max", "average", "stride", "blur", "global"] },
  size: size(2, 1, 6),
  stride: size(2, 1, 4),
  padding: { start: "valid", options: ["valid", "same"] },
  relu: { start: false, truth: true },
  backward: { start: false, truth: true },
  // How far the map has moved up and to the left.
  up: size(0, -4, 4),
  left: size(0, -4, 4),
  row: size(0, 0, 11),
  column: size(0, 0, 11),
};

const table = (rows, columns, cell) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => cell(i, j)));

/** The part of the map that is seen; null where there is no more. `data.map` begins at −4, −4. */
export function image(s, data) {
  return table(s.rows, s.columns, (i, j) => {
    const value = data.map[i + s.up + 4][j + s.left + 4];
    return s.relu && value < 0 ? 0 : value;
  });
}

/**
 * Windows along an axis of n cells: output i reads `span` cells from i·stride − lead on.
 * "same" adds `total` cells.
 */
function along({ size: k, stride, padding, kind }, n) {
  if (kind === "global") return { n, span: n, lead: 0, total: 0, out: 1 };
  const step = kind === "blur" ? 1 : stride;
  const span = kind === "blur" ? k + 2 : k;
  const total = padding === "same" ? Math.max((Math.ceil(n / step) - 1) * step + k - n, 0) : 0;
  const out = Math.max(Math.floor((n + total - span) / stride) + 1, 0);
  return kind === "stride" ? { n, span: 1, lead: 0, total: 0, out } : { n, span, lead: Math.floor(total / 2), total, out };
}

/** The real cells of a window: [row, column, 1], row by row. Padding is left out. */
function real(s, top, left, height, width) {
  const found = [];
  for (let i = Math.max(top, 0); i < Math.min(top + height, s.rows); i++) {
    for (let j = Math.max(left, 0); j < Math.min(left + width, s.columns); j++) found.push([i, j, 1]);
  }
  return found;
}

/** The largest of some cells: all of them, where several are equal. */
export function largest(x, cells) {
  const best = Math.max(...cells.map(([i, j]) => x[i][j]));
  return cells.filter(([i, j]) => x[i][j] === best);
}

export const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * Pool the map: {where, reads, parts, over, value}. `reads` has the cells that each output
 * reads; it is the sum of its `parts` [row, column, weight], divided by `over`.
 */
export function pool(s, data) {
  const x = image(s, data);
  const where = [along(s, s.rows), along(s, s.columns)];
  const each = (make) => table(where[0].out, where[1].out, (i, j) => make(i, j, i * s.stride - where[0].lead, j * s.stride - where[1].lead));
  const reads = each((i, j, top, left) => real(s, top, left, where[0].span, where[1].span));
  // Neighbouring blurs share windows.
  const best = {};
  const parts = each((i, j, top, left) => {
    if (s.kind === "max") return largest(x, reads[i][j]).slice(0, 1);
    if (s.kind !== "blur") return reads[i][j];
    return table(3, 3, (a, b) => {
      const [row, column] = (best[[top + a, left + b]] ??= largest(x, real(s, top + a, left + b, s.size, s.size))[0]);
      return [row, column, (2 - (a - 1) ** 2) * (2 - (b - 1) ** 2)];
    }).flat();
  });
  const over = each((i, j) => sum(parts[i][j].map((cell) => cell[2])));
  const value = each((i, j) => sum(parts[i][j].map(([row, column, weight]) => weight * x[row][column])) / over[i][j]);
  return { x, where, reads, parts, over, value };
}

/** Why there is no output; an empty text if there is one. */
export function impossible(s, data) {
  const fits = along(s, Math.min(s.rows, s.columns)).out && !image(s, data).flat().includes(null);
  return fits ? "" : `a window of ${s.size} does not fit in ${s.rows} × ${s.columns} cells of this map: make it smaller, pad, or move back`;
}

/**
 * Pool the map as it is seen, and before it was moved: `first`. Counts the outputs that
 * differ, and adds up sizes: of the changes, and of all outputs before.
 */
export function bench(s, data) {
  if (impossible(s, data)) return null;
  const now = pool(s, data);
  const moved = s.up || s.left;
  const first = moved ? pool({ ...s, up: 0, left: 0 }, data).value : now.value;
  const old = first.flat();
  const gaps = now.value.flat().map((value, place) => Math.abs(value - old[place]));
  return { ...now, moved, first, changed: gaps.filter((gap) => gap > 1e-9).length, all: old.length, above: sum(gaps), below: sum(old.map(Math.abs)) };
}

/** What arrives at each output, {arrived}, and what each cell gets, {terms}: to be added, to {sums}. */
export function back(s, { parts, over, value }) {
  const terms = table(s.rows, s.columns, () => []);
  const arrived = value.map((line, i) => line.map((_, j) => s.size ** 2 * [2, 1, -1, 3, -2][(2 * i + j) % 5]));
  parts.forEach((line, i) => line.forEach((cells, j) => {
    for (const [row, column, weight] of cells) terms[row][column].push((arrived[i][j] * weight) / over[i][j]);
  }));
  return { arrived, terms, sums: terms.map((line) => line.map(sum)) };
}

/** What the code leaves in its variables; nothing where there is no output. */
export function answers(s, data) {
  const pooled = bench(s, data);
  if (!pooled) return { NumPy: {}, Keras: {} };
  const Keras = { keras_output: pooled.value };
  if (s.backward) Keras.keras_gradient = back(s, pooled).sums;
  return { NumPy: { numpy_output: pooled.value }, Keras };
}

/** NumPy and Keras code that makes the numbers on screen; the way back by a tape. */
export function code(s, data) {
  const pooled = bench(s, data);
  const why = `# ${impossible(s, data)}\n`;
  if (!pooled) return { NumPy: why, Keras: why };
  const { size: k, stride, kind, padding } = s;
  const every = `::${stride}, ::${stride}`;
  const array = (name, values) => `${name} = np.array(${JSON.stringify(values).replaceAll(",", ", ")}, "float32")\n`;
  const blur = kind === "blur";
  const head = `import numpy as np\n\n${array("image", pooled.x)}${blur ? "blur = np.float32([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16\n" : ""}`;
  const picked = pooled.where.map(({ out }) => `:${(out - 1) * stride + 1}:${stride}`).join(", ");
  const sides = pooled.where.map(({ lead, total }) => `(${lead}, ${total - lead})`).join(", ");
  const windows = `padded = np.pad(image, (${sides}), constant_values=np.nan)\nview = np.lib.stride_tricks.sliding_window_view\n` +
    `windows = view(padded, (${k}, ${k}))[${blur ? "::1, ::1" : every}]\n`;
  const largest = `${windows}numpy_output = np.nanmax(windows, (2, 3))`;
  const [numpy, keras] = {
    max: [largest, `keras.ops.max_pool(batch, ${k}, ${stride}, "${padding}")`],
    average: [`${windows}numpy_output = np.nanmean(windows, (2, 3))`, `keras.ops.average_pool(batch, ${k}, ${stride}, "${padding}")`],
    stride: [`numpy_output = image[${picked}]`, `batch[:, ${picked}]`],
    blur: [`${largest}\nwindows = view(numpy_output, (3, 3))[${every}]\nnumpy_output = (windows * blur).sum((2, 3))`,
      `keras.ops.conv(keras.ops.max_pool(batch, ${k}, 1, "${padding}"), blur[:, :, None, None], ${stride})`],
    global: ["numpy_output = image.mean(keepdims=True)", "keras.ops.mean(batch, (1, 2), keepdims=True)"],
  }[kind];
  const taped = s.backward
    ? `import tensorflow as tf\n\n${array("arriving", back(s, pooled).arrived)}batch = tf.constant(image[None, :, :, None])\n` +
      `with tf.GradientTape() as tape:\n    tape.watch(batch)\n    pooled = ${keras}\n` +
      "gradient = tape.gradient(pooled, batch, arriving[None, :, :, None])\n" +
      "keras_gradient = gradient.numpy()[0, :, :, 0]\nprint(keras_gradient)\n"
    : `\nbatch = image[None, :, :, None]\npooled = ${keras}\n`;
  return {
    NumPy: `${head}${numpy}\nprint(numpy_output)\n`,
    Keras: `${head}import keras\n${taped}keras_output = keras.ops.convert_to_numpy(pooled)[0, :, :, 0]\nprint(keras_output)\n`,
  };
}
