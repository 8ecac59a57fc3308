import ssl


def client_context(ca_file):
    return ssl.create_default_context(cafile=ca_file)
