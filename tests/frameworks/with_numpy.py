import numpy as np

probs = np.array([0.7, 0.2, 0.1])
one_hot = np.array([1.0, 0.0, 0.0])
from_probs = -np.sum(one_hot * np.log(probs))

logits = np.log(probs)  # any scores with these probabilities
log_probs = logits - np.log(np.exp(logits).sum())
from_logits = -np.sum(one_hot * log_probs)

print(f"cross-entropy = {from_probs:.4f} nats, from probabilities")
print(f"cross-entropy = {from_logits:.4f} nats, from logits")
