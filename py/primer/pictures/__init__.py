"""Small grey pictures of toasters, birds, cats and dogs: drawn, photographed, written as files, and looked into."""

from primer.pictures.camera import SIZE, Bytes, Camera, Pictures, Split, inputs, kinds_of, split

__all__ = ["SIZE", "Bytes", "Camera", "Pictures", "Split", "inputs", "kinds_of", "split"]
