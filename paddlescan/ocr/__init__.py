"""Reading text: the engines, their models, devices and environment.

The only room that may import paddleocr, paddlex, onnxruntime, openvino or paddle, and it does so only inside
functions that a process calls to load an engine. It knows nothing of files, receipts or windows:
pixels go in, text lines come out.
"""
