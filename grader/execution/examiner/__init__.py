"""Run test cells in a trusted process of their own."""
