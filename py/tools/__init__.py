"""What `make` calls: set-up, vendoring, bundling, building, serving, measuring."""
