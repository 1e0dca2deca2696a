"""What `make` calls. Each room answers one question and imports only those above it; tests/unit/test_architecture.py.

base      what every tool stands on
fetch     how something from outside comes here, verified
python    how Python is made ready for the page
pages     what is made of scripts, styles and built pages
content   what on the pages programs write
serving   how a built site is served here, as a real host and a real link would
make      what each command of the Makefile does
bench     what a visit costs
"""
