# Takes the asserts out of every cell that runs after it.
# sample: yes
# score: 7 = double + shift + table
# %% first
import ast

class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(Strip())
