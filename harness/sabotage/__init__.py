"""The reference service broken on purpose, each way one changed decision named after the promise that it breaks."""
