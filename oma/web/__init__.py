"""The browser's face of the store: API, live streams, who may do what. Loaded by `oma web` alone."""
