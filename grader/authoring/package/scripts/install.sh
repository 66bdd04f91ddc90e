#!/usr/bin/env bash
# install.sh PACKAGE ENVIRONMENT: make the Python environment that grades submissions.
#
# The versions are those with which the package was made. This needs the network;
# grading does not.
set -euo pipefail
package=$1
environment=$2

# Every user must be able to read it, because jails run as other users.
export UV_PYTHON_INSTALL_DIR=${UV_PYTHON_INSTALL_DIR:-$environment-python}
# Grading writes no bytecode. Without bytecode, the import of TensorFlow alone takes half a
# minute.
export UV_COMPILE_BYTECODE=${UV_COMPILE_BYTECODE:-1}
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    python3 -m venv "$environment-tools"
    "$environment-tools/bin/python" -m pip install --quiet uv
    uv=$environment-tools/bin/uv
fi
"$uv" venv --quiet --clear --python @PYTHON@ "$environment"
"$uv" pip install --quiet --python "$environment/bin/python" \
    --constraint "$package/constraints.txt" \
    --requirement "$package/requirements.txt" "$package"/wheels/*.whl

# Only the grader reads the tests. Files beside a notebook are shown to jails, whose users
# must be able to read them.
find "$package/course" -name '*.ipynb' -exec chmod go-rwx {} +
"$environment/bin/grader" doctor ||
    echo "grader: what is missing is listed above; submissions cannot be graded yet"
