import torch
from torch.nn import functional

probs = torch.tensor([0.7, 0.2, 0.1])
one_hot = torch.tensor([1.0, 0.0, 0.0])
from_probs = -(one_hot * probs.log()).sum()

logits = probs.log()  # any scores with these probabilities
label = torch.tensor(0)  # the class number does in place of the one-hot row
from_logits = functional.cross_entropy(logits, label)

print(f"cross-entropy = {from_probs:.4f} nats, from probabilities")
print(f"cross-entropy = {from_logits:.4f} nats, from logits")
