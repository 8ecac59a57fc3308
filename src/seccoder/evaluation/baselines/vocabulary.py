"""Computes log-probabilities and their gradients at a frozen output layer, without a table of all logits.

It takes last hidden states h and gives log Z(h), the logarithm of the sum of exp(logits), and from it the
log-probabilities of given tokens. The gradient of log Z is E(h), the expected row of the output layer, which is
computed in the same pass over the vocabulary, some rows at a time. Forward and backward together therefore cost two
products with the layer, and they keep nothing that is as long as the vocabulary. The layer itself does not learn. It
must be the last thing that a model does: `Vocabulary` refuses one that scales, caps or adds to its logits.
"""

from typing import Any

from seccoder.errors import ModelError

_ROWS = 64  # rows at a time, so that their logits stay in the processor's cache


class Vocabulary:
    """The output layer of a model, and the way to its input.

    Args:
        model: A causal model of transformers.

    Raises:
        ModelError: If the model's logits are not one linear layer of its last hidden state.
    """

    def __init__(self, model: Any) -> None:
        import torch

        self._head = model.get_output_embeddings()
        self._body = model.base_model
        self._log_z = _log_z_function(torch)
        ids = torch.tensor([[0, 1, 2, 3]], device=model.device)
        with torch.no_grad():
            said = model(ids).logits.float()
            linear = self._head(self._body(ids).last_hidden_state).float()
        if not torch.allclose(said, linear, rtol=1e-2, atol=1e-2):
            raise ModelError("this model cannot be trained here: its logits are not linear in its last hidden state")

    def hidden(self, ids: Any, cache: Any = None) -> Any:
        """Return the last hidden states of all tokens but the last: those that predict a token."""
        return self._body(ids, past_key_values=cache, use_cache=cache is not None).last_hidden_state[:, :-1]

    def log_z(self, hidden: Any) -> Any:
        """Return log Z of each hidden state, in float32."""
        rows = hidden.reshape(-1, hidden.shape[-1])
        return self._log_z.apply(rows, self._head).reshape(hidden.shape[:-1])

    def log_probability(self, hidden: Any, targets: Any, log_z: Any) -> Any:
        """Return the log-probability of each target token, in float32."""
        logits = (hidden.float() * self._head.weight[targets].float()).sum(-1)
        if self._head.bias is not None:
            logits = logits + self._head.bias[targets].float()
        return logits - log_z

    def expected(self, hidden: Any) -> Any:
        """Return E of each hidden state, in float32."""
        import torch

        weight = self._head.weight.float()
        return torch.cat([self._head(rows).float().softmax(-1) @ weight for rows in hidden.split(_ROWS)])


def _log_z_function(torch: Any) -> Any:
    class LogZ(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, hidden: Any, head: Any) -> Any:
            log_z, expected = [], []
            for rows in hidden.split(_ROWS):
                logits = head(rows).float()
                log_z.append(logits.logsumexp(-1))
                if hidden.requires_grad:
                    shares = logits.sub_(log_z[-1][:, None]).exp_()
                    expected.append(shares.to(head.weight.dtype) @ head.weight)
            if expected:
                ctx.save_for_backward(torch.cat(expected))
            return torch.cat(log_z)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            (expected,) = ctx.saved_tensors
            return gradient[:, None].to(expected.dtype) * expected, None

    return LogZ
