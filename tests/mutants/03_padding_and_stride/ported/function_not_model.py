ported = torch_layer
