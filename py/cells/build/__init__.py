"""What makes a page while the site is built: fences, exercises, pictures of charts, formulas, what was given before."""
