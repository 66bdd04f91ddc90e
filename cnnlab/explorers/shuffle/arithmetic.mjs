// One order of pixels for every picture, and what two layers make of it. Pure.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  pick: size(0, 0, 3),
  how: { start: "all", options: ["none", "blocks", "within", "all"] },
  block: size(4, 2, 6),
  seed: size(1, 0, 999),
  unit: size(0, 0, 2),
  // The pixel that is looked at, before the shuffle.
  row: size(4, 0, 13),
  column: size(7, 0, 13),
};

/** Vertical edges. */
export const KERNEL = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]];
const BIASES = [2, -1, 4];

const table = (rows, columns, cell) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => cell(i, j)));

const sum = (values) => values.reduce((total, value) => total + value, 0);

const within = (value, high) => Math.max(0, Math.min(value, high));

/** The numbers 0 to n − 1 in an order at random, the same on every computer. */
function random(n, seed) {
  let key = (seed + 1) * 69621;
  const keys = Array.from({ length: n }, () => (key = (key * 16807) % 2147483647));
  return [...keys.keys()].sort((a, b) => keys[a] - keys[b]);
}

/** From which position each pixel comes. Positions count row by row. */
function order({ how, block, seed }, rows, columns) {
  const all = [...Array(rows * columns).keys()];
  const [down, across] = [rows, columns].map((n) => Math.floor(n / block));
  if (how === "none") return all;
  if (how === "blocks") {
    // Pixels beside the last whole block stay where they are.
    const places = random(down * across, seed);
    return all.map((at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      const [p, q] = [Math.floor(i / block), Math.floor(j / block)];
      if (p >= down || q >= across) return at;
      const from = places[p * across + q];
      return (Math.floor(from / across) * block + (i % block)) * columns + (from % across) * block + (j % block);
    });
  }
  const mixed = random(all.length, seed);
  if (how === "all") return mixed;
  const home = (at) => `${Math.floor(at / columns / block)} ${Math.floor((at % columns) / block)}`;
  const queues = {};
  for (const at of mixed) (queues[home(at)] ??= []).push(at);
  return all.map((at) => queues[home(at)].shift());
}

/** Rearrange a picture, or weights of its shape. */
export function rearranged(x, places) {
  const columns = x[0].length;
  const flat = x.flat();
  return table(x.length, columns, (i, j) => flat[places[i * columns + j]]);
}

/** The weights of a neuron: whole numbers from −3 to 3. */
export const weights = (unit, rows, columns) => table(rows, columns, (i, j) => ((2 * i + 3 * j + i * j + 2 * unit) % 7) - 3);

/** The products of a neuron, row by row, and their sum with the bias. */
export function neuron(x, w, unit) {
  const flat = w.flat();
  const terms = x.flat().map((value, at) => [value, flat[at]]);
  return { terms, bias: BIASES[unit], value: sum(terms.map(([value, weight]) => value * weight)) + BIASES[unit] };
}

function convolved(x) {
  return table(x.length - 2, x[0].length - 2, (i, j) => sum(KERNEL.flatMap((line, a) => line.map((weight, b) => weight * x[i + a][j + b]))));
}

/** How alike neighbours are: {r, above, squares, pairs}; r is NaN where all are equal. */
export function correlation(x) {
  const pairs = x.flatMap((line, i) => line.flatMap((value, j) => [line[j + 1], x[i + 1]?.[j]].filter((next) => next >= 0).map((next) => [value, next])));
  const gaps = [0, 1].map((end) => {
    const mean = sum(pairs.map((pair) => pair[end])) / pairs.length;
    return pairs.map((pair) => pair[end] - mean);
  });
  const above = sum(gaps[0].map((gap, at) => gap * gaps[1][at]));
  const squares = gaps.map((side) => sum(side.map((gap) => gap * gap)));
  const below = Math.sqrt(squares[0] * squares[1]);
  return { r: below > 1e-9 ? above / below : NaN, above, squares, pairs: pairs.length };
}

/** Which windows of 3 × 3 hold nine pixels that were such a window before, too. */
export function kept(places, rows, columns) {
  const steps = table(3, 3, (a, b) => a * columns + b).flat();
  return table(rows - 2, columns - 2, (i, j) => {
    const [at, first] = [i * columns + j, places[i * columns + j]];
    return first % columns < columns - 2 && steps.every((step) => places[at + step] === first + step);
  });
}

export const picture = (s, data) => data.images[within(s.pick, data.images.length - 1)];

/** All numbers on screen: before (`x`, `w`, `y`) and after the shuffle (`mixed`, `moved`, `after`). */
export function compared(s, data) {
  const x = picture(s, data);
  const [rows, columns] = [x.length, x[0].length];
  const places = order(s, rows, columns);
  const mixed = rearranged(x, places);
  const neurons = BIASES.map((_, unit) => {
    const w = weights(unit, rows, columns);
    const moved = rearranged(w, places);
    return { w, moved, before: neuron(x, w, unit), same: neuron(mixed, w, unit), after: neuron(mixed, moved, unit) };
  });
  // The window before the shuffle that is looked at; its centre is the pixel, where that can be.
  const at = [within(s.row, rows - 1), within(s.column, columns - 1)];
  const window = [within(at[0] - 1, rows - 3), within(at[1] - 1, columns - 3)];
  const to = places.indexOf(at[0] * columns + at[1]);
  const there = [Math.floor(to / columns), to % columns];
  const whole = kept(places, rows, columns);
  return {
    x, rows, columns, places, mixed, neurons, at, window, there, whole,
    y: convolved(x),
    after: convolved(mixed),
    lost: whole.flat().filter((whole) => !whole).length,
    windows: whole.flat().length,
    alike: [correlation(x), correlation(mixed)],
  };
}

/** What the code leaves in its variables. */
export function answers(s, data) {
  const { neurons, y, after, alike } = compared(s, data);
  const values = (name) => neurons.map((found) => found[name].value);
  const NumPy = { dense: values("before"), dense_shuffled: values("same"), dense_moved: values("after"), conv: y, conv_shuffled: after };
  alike.forEach(({ r }, at) => {
    if (!Number.isNaN(r)) NumPy[["before", "after"][at]] = r;
  });
  return { NumPy, Keras: { keras_dense: values("before"), keras_moved: values("after"), keras_conv: y, keras_conv_shuffled: after } };
}

/** NumPy and Keras code that makes the numbers on screen. */
export function code(s, data) {
  const { x, places } = compared(s, data);
  const array = (name, values) => `${name} = np.array(${JSON.stringify(values).replaceAll(",", ", ").replaceAll("], ", "],\n  ")})\n`;
  const lines = rearranged(x.map((line, i) => line.map((_, j) => i * line.length + j)), places);
  const head = `import numpy as np\n\n${array("image", x)}${array("order", lines)}` +
    "order = order.ravel()\nx = image.ravel()\nmixed = x[order]\nshuffled = mixed.reshape(image.shape)\n" +
    `i, j = np.indices(image.shape)\nw = [(2 * i + 3 * j + i * j + 2 * n) % 7 - 3 for n in range(3)]\nw = np.reshape(w, (3, -1))\n${array("b", BIASES)}${array("kernel", KERNEL)}`;
  const both = (line) => line("conv", "image") + line("conv_shuffled", "shuffled");
  const NumPy = `${head}dense = w @ x + b\ndense_shuffled = w @ mixed + b\ndense_moved = w[:, order] @ mixed + b\nprint(dense, dense_shuffled, dense_moved)\n` +
    "view = np.lib.stride_tricks.sliding_window_view\n" +
    both((name, array) => `${name} = np.einsum("ijab,ab->ij", view(${array}, (3, 3)), kernel)\n`) +
    "print(conv, conv_shuffled)\n\ndef neighbours(a):\n    first = [*a[:, :-1].ravel(), *a[:-1].ravel()]\n    second = [*a[:, 1:].ravel(), *a[1:].ravel()]\n    return np.corrcoef(first, second)[0, 1]\n\n" +
    "before, after = neighbours(image), neighbours(shuffled)\nprint(before, after)\n";
  const Keras = `${head}import keras\n\nlayer = keras.layers.Dense(3)\nlayer.build((1, x.size))\nlayer.set_weights([w.T, b])\nkeras_dense = np.array(layer(x[None]))[0]\n` +
    "layer.set_weights([w[:, order].T, b])\nkeras_moved = np.array(layer(mixed[None]))[0]\nprint(keras_dense, keras_moved)\n\n" +
    both((name, array) => `keras_${name} = np.array(keras.ops.conv(np.float32(${array})[None, :, :, None], np.float32(kernel)[:, :, None, None]))[0, :, :, 0]\n`) +
    "print(keras_conv, keras_conv_shuffled)\n";
  return { NumPy, Keras };
}
