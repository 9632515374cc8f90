"""The command that is measured: as it is installed, a release build that carries its standard library."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def add_option(parser):
    parser.add_argument("--reelgate", type=pathlib.Path, help="a built command; else a release build is made")


def command(chosen):
    """The path of the command; beside it is its worker."""
    if chosen.reelgate:
        return chosen.reelgate.resolve()
    flags = ["-c", "release", "--static-swift-stdlib", "--package-path", str(ROOT)]
    for product in ["reelgate", "reelgate-media"]:
        subprocess.run(["swift", "build", *flags, "--product", product], check=True, stdout=sys.stderr)
    folder = subprocess.run(["swift", "build", *flags, "--show-bin-path"], check=True, capture_output=True, text=True)
    return pathlib.Path(folder.stdout.strip()) / "reelgate"
