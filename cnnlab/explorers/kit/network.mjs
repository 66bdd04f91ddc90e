// A network of plain steps, as `_network.py` reads it from a Keras model. Pure: no page.

/** Read little-endian float16 values from base64. */
export function halves(base64) {
  const bytes = atob(base64);
  return Float64Array.from({ length: bytes.length / 2 }, (_, at) => {
    const bits = bytes.charCodeAt(2 * at) + 256 * bytes.charCodeAt(2 * at + 1);
    const power = (bits >> 10) & 31;
    return (bits >> 15 ? -1 : 1) * ((bits & 1023) + (power && 1024)) * 2 ** ((power || 1) - 25);
  });
}

/** What each step gives: values of [row][column][channel], one after the other. */
export function run(steps, weights, image) {
  let x = image;
  return steps.map((step) => {
    if (step.window) x = slide(step, weights, x);
    if (step.relu) x = x.map((value) => Math.max(value, 0));
    return x;
  });
}

/** Move a window: a convolution, one filter for each channel, a maximum or an average. */
function slide({ kind, window: [m, n], stride, before, reads: [height, width, depth], shape: [rows, columns, count], at }, w, x) {
  const out = new Float64Array(rows * columns * count).fill(kind === "max" ? -Infinity : 0);
  const bias = at + m * n * depth * (kind === "conv" ? count : 1);
  for (let o = 0; o < out.length; o += count) {
    const top = Math.floor(o / count / columns) * stride[0] - before[0];
    const left = ((o / count) % columns) * stride[1] - before[1];
    let cells = 0;
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < n; b++) {
        if (top + a < 0 || top + a >= height || left + b < 0 || left + b >= width) continue;
        cells++;
        const from = ((top + a) * width + left + b) * depth;
        for (let c = 0; c < depth; c++) {
          const value = x[from + c];
          const k = at + (a * n + b) * depth + c;
          if (kind === "max") out[o + c] = Math.max(out[o + c], value);
          else if (kind === "average") out[o + c] += value;
          else if (kind === "depth") out[o + c] += value * w[k];
          else if (value) for (let f = 0; f < count; f++) out[o + f] += value * w[at + (k - at) * count + f];
        }
      }
    }
    for (let f = 0; f < count; f++) {
      if (kind === "average") out[o + f] /= cells;
      else if (kind !== "max") out[o + f] += w[bias + f];
    }
  }
  return out;
}

/** The unit that a state names, or the nearest one: [step, row, column, channel]. */
export function unit(s, steps) {
  const at = Math.min(s.layer, steps.length - 1);
  return [at, ...[s.row, s.column, s.channel].map((part, axis) => Math.min(part, steps[at].shape[axis] - 1))];
}

/** The value of a unit. */
export const valueAt = (values, [, columns, channels], [row, column, channel]) => values[(row * columns + column) * channels + channel];

/** The cells of an image of these sides that a unit can read: [top, bottom, left, right], the ends included. */
export const reads = ({ sees }, place, sides) => sees.flatMap(([start, jump, span], axis) => {
  const from = start + jump * place[axis];
  return [Math.max(from, 0), Math.min(from + span, sides[axis]) - 1];
});
