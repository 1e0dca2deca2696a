"""What the engine knows of packages that cells may import: a module of the package's name, used if a site names it."""
