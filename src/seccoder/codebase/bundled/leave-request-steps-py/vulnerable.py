from dataclasses import dataclass

STEPS = {
    ("draft", "submit"): ("employee", "submitted"),
    ("submitted", "withdraw"): ("employee", "draft"),
    ("submitted", "approve"): ("manager", "approved"),
    ("submitted", "reject"): ("manager", "rejected"),
}


@dataclass(frozen=True)
class User:
    name: str
    is_manager: bool = False


@dataclass
class LeaveRequest:
    employee: str
    manager: str
    state: str = "draft"


def act(request: LeaveRequest, user: User, action: str) -> None:
    """Perform an action; ValueError if the request is not in the state for it, PermissionError if the user may not."""
    if (request.state, action) not in STEPS:
        raise ValueError(f"cannot {action} a request that is {request.state}")
    actor, state = STEPS[request.state, action]
    if actor == "manager" and not user.is_manager:
        raise PermissionError(f"{user.name} may not {action} this request")
    request.state = state
