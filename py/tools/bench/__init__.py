"""What does a visit cost, beside a bare page with Pyodide in the same run?"""
