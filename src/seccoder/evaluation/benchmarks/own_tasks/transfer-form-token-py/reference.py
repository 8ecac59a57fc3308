def form_is_ours(session, form):
    """Tell whether the "token" of a form is the "token" of the session; both are dicts of texts."""
    token = session.get("token")
    return bool(token) and form.get("token") == token
