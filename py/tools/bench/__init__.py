"""What a visit costs: measured beside a bare Pyodide page, in one run."""
