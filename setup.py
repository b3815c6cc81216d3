"""Adds `models/` to the packages of `pipeline/`: pyproject.toml can name only one place to find packages."""

from pathlib import Path
from shutil import rmtree

from setuptools import find_packages, setup

# What an earlier build left behind would go into the wheel, gone files of models/ too.
rmtree(Path(__file__).parent / "build" / "lib", ignore_errors=True)

setup(
    packages=[*find_packages("pipeline"), "dragoman.models"],
    package_dir={"": "pipeline", "dragoman.models": "models"},
    # What a release holds is known by its manifest; its files stay in the checkout, as they would double the wheel.
    exclude_package_data={"dragoman.models": ["releases/*/files/**"]},
    package_data={
        "dragoman": ["py.typed"],
        "dragoman.models": ["*", "**/*"],
        "dragoman.newlanguage": ["template/**/*"],
        "dragoman.report": ["*.html", "*.css", "*.js"],
        "dragoman.review": ["*.css", "*.js"],
    },
)
