// Keeps an explorer on the page and its Python object in step in Google Colab, where each
// cell's output is a page of its own. What Python sends arrives by `eval_js`.

export function joinInColab(key) {
  const colab = globalThis.google?.colab;
  const shown = window.cnnlabExplorers?.get(key);
  if (!colab || !shown) return;
  // Colab's theme need not be the system's.
  document.querySelectorAll(`[data-cl-key="${key}"]`).forEach((el) => (el.dataset.clColab = ""));
  // An output of an earlier day may not speak to the kernel.
  if (!colab.kernel?.accessAllowed) return;
  const { model } = shown;
  const values = () => JSON.stringify([model.get("state"), model.get("guesses")]);
  let told = values();
  let busy = false;
  // One call at a time, and then the newest values: a cell may be running.
  const tell = async () => {
    if (busy) return;
    busy = true;
    while (told !== values()) {
      told = values();
      await colab.kernel.invokeFunction(`cnnlab-${key}`, JSON.parse(told), {}).catch(() => {});
    }
    busy = false;
  };
  model.on("change:state", tell);
  model.on("change:guesses", tell);
}
