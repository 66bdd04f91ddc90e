# SymPy and NetworkX: expressions, equations, matrices of symbols, graphs.

# %% style expression
# The test compares expressions by simplification.
# needs: sympy
# sample: yes
# %% solution
import sympy
x = sympy.Symbol("x")
parabola = (x + 1) ** 2
# %% right: expanded
import sympy
x = sympy.symbols("x")
parabola = x**2 + 2 * x + 1
# %% wrong: another expression
import sympy
x = sympy.Symbol("x")
parabola = (x - 1) ** 2
# %% wrong: a number
parabola = 4
# %% test
import sympy
x = sympy.Symbol("x")
assert sympy.simplify(parabola - (x**2 + 2 * x + 1)) == 0

# %% style derivative
# The function takes and returns an expression.
# needs: sympy
# %% solution
import sympy
def slope(expression, variable):
    return sympy.diff(expression, variable)
# %% right: by the method
def slope(expression, variable):
    return expression.diff(variable)
# %% wrong: the integral
import sympy
def slope(expression, variable):
    return sympy.integrate(expression, variable)
# %% test
import sympy
t = sympy.Symbol("t")
assert slope(t**3, t) == 3 * t**2
assert slope(sympy.sin(t), t).subs(t, 0) == 1

# %% style roots_of_equation
# The function returns SymPy numbers.
# needs: sympy
# %% solution
import sympy
def roots_of(expression, variable):
    return sympy.solve(expression, variable)
# %% right: with solveset
import sympy
def roots_of(expression, variable):
    return list(sympy.solveset(expression, variable))
# %% wrong: floats
import sympy
def roots_of(expression, variable):
    return [float(root) for root in sympy.solve(expression, variable)]
# %% test
import sympy
z = sympy.Symbol("z")
assert set(roots_of(z**2 - 2, z)) == {sympy.sqrt(2), -sympy.sqrt(2)}

# %% style symbolic_matrix
# The function returns a matrix of symbols.
# needs: sympy
# %% solution
import sympy
def rotation(angle):
    c, s = sympy.cos(angle), sympy.sin(angle)
    return sympy.Matrix([[c, -s], [s, c]])
# %% right: from one list
import sympy
def rotation(angle):
    c, s = sympy.cos(angle), sympy.sin(angle)
    return sympy.Matrix(2, 2, [c, -s, s, c])
# %% wrong: the inverse rotation
import sympy
def rotation(angle):
    c, s = sympy.cos(angle), sympy.sin(angle)
    return sympy.Matrix([[c, s], [-s, c]])
# %% test
import sympy
a = sympy.Symbol("a")
assert rotation(a).shape == (2, 2)
assert sympy.simplify(rotation(a).det()) == 1
assert rotation(sympy.pi / 2) * sympy.Matrix([1, 0]) == sympy.Matrix([0, 1])

# %% style function_of_expression
# The answer makes a function from an expression.
# needs: sympy
# %% solution
import sympy
u = sympy.Symbol("u")
height = sympy.lambdify(u, 10 * u - 5 * u**2, "numpy")
# %% right: by hand
def height(u):
    return 10 * u - 5 * u**2
# %% wrong: another factor
def height(u):
    return 10 * u - u**2
# %% test
import numpy as np
assert np.allclose(height(np.array([0.0, 1.0, 2.0])), [0, 5, 0])

# %% style graph_result
# The test checks the nodes and edges of a graph.
# needs: networkx
# %% solution
import networkx as nx
def ring(n):
    return nx.cycle_graph(n)
# %% right: edge by edge
import networkx as nx
def ring(n):
    graph = nx.Graph()
    graph.add_edges_from((k, (k + 1) % n) for k in range(n))
    return graph
# %% wrong: a path
import networkx as nx
def ring(n):
    return nx.path_graph(n)
# %% wrong: directed
import networkx as nx
def ring(n):
    return nx.cycle_graph(n, create_using=nx.DiGraph)
# %% test
import networkx as nx
made = ring(5)
assert isinstance(made, nx.Graph) and not made.is_directed()
assert made.number_of_edges() == 5
assert all(degree == 2 for _, degree in made.degree())

# %% style graph_argument
# The test passes a graph.
# needs: networkx
# %% solution
import networkx as nx
def hops(graph, a, b):
    return nx.shortest_path_length(graph, a, b)
# %% right: breadth-first search
def hops(graph, a, b):
    border, seen, steps = {a}, {a}, 0
    while b not in border:
        border = {n for m in border for n in graph.neighbors(m)} - seen
        seen |= border
        steps += 1
    return steps
# %% wrong: counts the nodes
import networkx as nx
def hops(graph, a, b):
    return len(nx.shortest_path(graph, a, b))
# %% test
import networkx as nx
graph = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")])
assert hops(graph, "a", "c") == 2

# %% style graph_changed
# The function must change its graph.
# needs: networkx
# %% solution
def remove_lonely(graph):
    graph.remove_nodes_from([n for n, d in list(graph.degree()) if d == 0])
# %% right: with isolates
import networkx as nx
def remove_lonely(graph):
    graph.remove_nodes_from(list(nx.isolates(graph)))
# %% wrong: a copy
import networkx as nx
def remove_lonely(graph):
    graph = graph.copy()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph
# %% test
import networkx as nx
graph = nx.Graph([(1, 2)])
graph.add_node(3)
remove_lonely(graph)
assert sorted(graph.nodes) == [1, 2]

# %% style graph_weights
# The test reads the weights of edges.
# needs: networkx
# %% solution
import networkx as nx
def road_map(roads):
    graph = nx.Graph()
    graph.add_weighted_edges_from(roads)
    return graph
# %% right: with keywords
import networkx as nx
def road_map(roads):
    graph = nx.Graph()
    for a, b, km in roads:
        graph.add_edge(a, b, weight=km)
    return graph
# %% wrong: another attribute
import networkx as nx
def road_map(roads):
    graph = nx.Graph()
    for a, b, km in roads:
        graph.add_edge(a, b, km=km)
    return graph
# %% test
roads = road_map([("x", "y", 5), ("y", "z", 7)])
assert roads["x"]["y"]["weight"] == 5
assert roads.size(weight="weight") == 12
