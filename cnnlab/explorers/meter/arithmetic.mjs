// What a dense and a convolutional layer cost on one image. Pure.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  rows: size(28, 1, 4096),
  columns: size(28, 1, 4096),
  channels: size(1, 1, 16),
  neurons: size(100, 1, 4096),
  filters: size(100, 1, 4096),
  kernel: size(3, 1, 15),
};

/** Why there is no convolution; an empty text if there is one. */
export function impossible({ rows, columns, kernel }) {
  const [name, n] = rows < kernel ? ["rows", rows] : ["columns", columns];
  return n < kernel ? `a kernel of ${kernel} × ${kernel} does not fit on ${n} ${name}` : "";
}

/** Parameters, multiply-adds for one image and outputs of both layers. */
export function costs({ rows, columns, channels, neurons, filters, kernel }) {
  const values = rows * columns * channels;
  const window = kernel * kernel * channels;
  const positions = Math.max(rows - kernel + 1, 0) * Math.max(columns - kernel + 1, 0);
  return {
    dense: { parameters: (values + 1) * neurons, work: values * neurons, outputs: neurons },
    conv: { parameters: (window + 1) * filters, work: positions * window * filters, outputs: positions * filters },
  };
}

/** A number in words for a quick reader: "23.5 million". */
export function spoken(value) {
  const [power, word] = [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"], [1, ""]].find(([p]) => value >= p) ?? [1, ""];
  if (power === 1) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${Number((value / power).toPrecision(3))}${word}`;
}

/** Memory of so many float32 numbers, with the unit that suits it; 1 GB is 10⁹ bytes. */
export function memory(parameters) {
  const bytes = 4 * parameters;
  const [power, unit] = [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "bytes"]].find(([p]) => bytes >= p);
  return `${Number((bytes / power).toPrecision(3))} ${unit}`;
}

/** What the code leaves in its variables. */
export function answers(s) {
  const { dense, conv } = costs(s);
  const NumPy = { dense_parameters: dense.parameters, dense_work: dense.work };
  const Keras = { keras_dense: dense.parameters };
  if (!impossible(s)) {
    Object.assign(NumPy, { conv_parameters: conv.parameters, conv_work: conv.work });
    Keras.keras_conv = conv.parameters;
  }
  return { NumPy, Keras };
}

/** Python and Keras code that makes the numbers on screen. Keras only counts. */
export function code(s) {
  const { rows, columns, channels, neurons, filters, kernel } = s;
  const why = impossible(s);
  const NumPy = `height, width, channels = ${rows}, ${columns}, ${channels}\nneurons, filters, k = ${neurons}, ${filters}, ${kernel}\n` +
    "dense_work = height * width * channels * neurons\ndense_parameters = dense_work + neurons\n" +
    (why ? `# ${why}\n` : "conv_parameters = (k * k * channels + 1) * filters\n" +
      "positions = (height - k + 1) * (width - k + 1)\nconv_work = positions * k * k * channels * filters\n" +
      "print(conv_parameters, conv_work)\n") + "print(dense_parameters, dense_work)\n";
  const Keras = "import keras\n\n# Counted without storing the weights.\n" +
    `conv = keras.layers.Conv2D(${filters}, ${kernel})\n` +
    `keras_dense = (${rows} * ${columns} * ${channels} + 1) * ${neurons}\n` +
    (why ? `# ${why}\n` : `conv.build((None, ${rows}, ${columns}, ${channels}))\nkeras_conv = conv.count_params()\nprint(keras_conv)\n`) +
    "print(keras_dense)\n";
  return { NumPy, Keras };
}
