# It shows ten thousand figures.
# score: 7 = double + shift + table
# %% mean
import base64
from IPython.display import display

picture = base64.b64encode(b"x" * 50_000).decode()
for _ in range(10_000):
    display({"image/png": picture, "text/plain": "figure"}, raw=True)
