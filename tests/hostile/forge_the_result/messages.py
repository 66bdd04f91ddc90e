# A thread sends messages on the kernel's sockets: replies, results, states.
# sample: yes
# score: 7 = double + shift + table
# %% first
import threading
import time

kernel = get_ipython().kernel

def send():
    for _ in range(300):
        parent = kernel.get_parent()
        for kind, content in (
            ("execute_reply", {"status": "ok", "execution_count": 1, "user_expressions": {}}),
            ("execute_result", {"data": {"text/plain": "100"}, "metadata": {}, "execution_count": 1}),
            ("status", {"execution_state": "idle"}),
            ("stream", {"name": "stdout", "text": "passed\n"}),
        ):
            try:
                kernel.session.send(kernel.iopub_socket, kind, content, parent=parent)
            except Exception:
                pass
        time.sleep(0.005)

threading.Thread(target=send, daemon=True).start()
