// What the curves of a training say. Pure: no page.

const size = (start, low, high) => ({ start, low, high });

/** What the state holds: first value and legal values of each name. */
export const fields = { epoch: size(1000, 1, 1000), patience: size(2, 1, 50) };

const clean = (values = []) => values.map((value) => (Number.isFinite(value) ? value : Infinity));

/** The first epochs of a history. */
export const first = (history, count) =>
  Object.fromEntries(Object.entries(history).map(([name, values]) => [name, values.slice(0, count)]));

/** The epoch, counted from 1, of the lowest value; 0 if there is none. */
export function bestEpoch(values) {
  const cleaned = clean(values);
  const lowest = Math.min(...cleaned);
  return lowest < Infinity ? cleaned.indexOf(lowest) + 1 : 0;
}

/** The epoch after which Keras' EarlyStopping stops; 0 if it does not. */
export function stoppingEpoch(values, patience) {
  let [best, waited] = [Infinity, 0];
  return clean(values).findIndex((value) => {
    waited = value < best ? 0 : waited + 1;
    best = Math.min(best, value);
    return waited >= patience;
  }) + 1;
}

/** A number of at least 0 with three digits. */
export const said = (value) =>
  value < 1e-4 ? "almost 0" : String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** What the curves say so far, in one or two sentences. */
export function seen(history) {
  const [fit, val] = [clean(history.loss), clean(history.val_loss)];
  const [best, n] = [bestEpoch(val), fit.length];
  const [now, valNow, fitBest, valBest] = [fit[n - 1], val[n - 1], fit[best - 1], val[best - 1]];
  if (n < 2) return n ? "One epoch is too early to say." : "No epoch has ended yet.";
  if (fit.includes(Infinity)) return "The training loss is not a number: the learning rate is much too large, or there is a mistake in the loss.";
  if (now > 0.98 * fit[0]) return "The training loss has not fallen: is the learning rate too large or too small, or is there a mistake in the loss or the labels?";
  if (!best) return "The training loss falls. Without validation images, nobody sees whether the model overfits.";
  if (valNow > 1.02 * valBest && now < fitBest) {
    return `Since epoch ${best} the training loss has fallen from ${said(fitBest)} to ${said(now)}, but the validation loss has risen from ${said(valBest)} to ${said(valNow)}: the model overfits. The best weights are those of epoch ${best}.`;
  }
  if (now > 1.1 * Math.min(...fit)) return `The training loss has risen again: is the learning rate too large? The best weights are those of epoch ${best}.`;
  if (n > 4 && now > 0.98 * fit[n - 4] && valNow > 0.98 * val[n - 4]) {
    return "Neither loss falls any more: more epochs do not help. Perhaps a smaller learning rate does.";
  }
  if (best === n) return "Both losses fall: the model learns, and more epochs may help.";
  return `The training loss falls; the validation loss was lowest at epoch ${best}, and may fall again: wait.`;
}

/** Values for the marks of an axis from `low` to about `high`: up to `most` even steps. */
export function marks(low, high, most) {
  const step = (high - low || 1) / most;
  const power = 10 ** Math.floor(Math.log10(step));
  const nice = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= step * 0.999);
  const from = Math.floor(low / nice + 1e-9);
  return Array.from({ length: Math.ceil(high / nice - 1e-9) - from + 1 }, (_, at) => Number(((from + at) * nice).toPrecision(6)));
}

const shownOf = (state, { history }) => (history.val_loss ?? []).slice(0, state.epoch);

/** What the code leaves in its variables. */
export function answers(state, data) {
  const values = shownOf(state, data);
  const [best_epoch, stop_epoch] = [bestEpoch(values), stoppingEpoch(values, state.patience)];
  const known = values.length > 0 && best_epoch > 0;
  return { NumPy: known ? { best_epoch, stop_epoch } : {}, Keras: known ? { keras_stop_epoch: stop_epoch } : {} };
}

/** NumPy and Keras code that makes the numbers on screen. */
export function code(state, data) {
  const values = shownOf(state, data);
  if (!bestEpoch(values)) return { NumPy: "# There are no validation losses.\n", Keras: "# There are no validation losses.\n" };
  const list = `[${values.map((value) => value ?? "np.inf").join(", ")}]`.replace(/(.{60,76}?,) /g, "$1\n    ");
  const start = `import numpy as np\n\nval_loss = ${list}\npatience = ${state.patience}\n`;
  const NumPy = start +
    "best_epoch = int(np.argmin(val_loss)) + 1\n" +
    "best, waited, stop_epoch = np.inf, 0, 0\n" +
    "for epoch, value in enumerate(val_loss, 1):\n" +
    "    waited = 0 if value < best else waited + 1\n" +
    "    best = min(best, value)\n" +
    "    if waited >= patience and not stop_epoch:\n" +
    "        stop_epoch = epoch  # 0: it does not stop\n" +
    "print(best_epoch, stop_epoch)\n";
  const Keras = `import keras\n${start}` +
    'stop = keras.callbacks.EarlyStopping("val_loss", patience=patience)\n' +
    "stop.set_model(keras.Sequential())\nstop.on_train_begin()\nkeras_stop_epoch = 0\n" +
    "for epoch, value in enumerate(val_loss):\n" +
    '    stop.on_epoch_end(epoch, {"val_loss": value})\n' +
    "    if stop.stopped_epoch and not keras_stop_epoch:\n" +
    "        keras_stop_epoch = stop.stopped_epoch + 1\n" +
    "print(keras_stop_epoch)\n";
  return { NumPy, Keras };
}
