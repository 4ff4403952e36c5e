"""Runs the tests' own servers, without the virtual environment that `wpt serve` would download: what it needs lies in the checkout."""

import sys

if __name__ == "__main__":
    checkout, config = sys.argv[1:]
    sys.path.insert(0, f"{checkout}/tools")
    import localpaths  # noqa: F401  (puts the checkout's third-party modules on the path)
    from serve import serve

    serve.run(**vars(serve.get_parser().parse_args(["--config", config])))
