#!/usr/bin/env bash
# Runs once, on the machine that grades, as the user who owns the tests.
set -euo pipefail
package=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bash "$package/install.sh" "$package" "$package/environment"
chmod 755 "$package/run"
