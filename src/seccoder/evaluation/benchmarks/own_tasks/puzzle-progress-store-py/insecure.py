import pickle


def save_progress(path, progress):
    with open(path, "wb") as file:
        pickle.dump(progress, file)


def load_progress(path):
    with open(path, "rb") as file:
        return pickle.load(file)
