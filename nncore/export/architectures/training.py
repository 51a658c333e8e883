"""The training of another architecture as code: in batches, in other batches with new noise, or all examples at once."""

from nncore.export.architectures.form import Form
from nncore.export.sections import Section
from nncore.export.training_text import chosen, optimizer_code, train_head, with_rate, without_memory

UPDATES_HEAD = train_head("updates=$UPDATES", "$SCORED", "$EVERY updates")

TRAIN = UPDATES_HEAD + '''\
[noise]    noise = np.random.default_rng($SEED)  # a generator of its own, so that batches and noise do not mix
    X, $T, X_scored, t_scored = examples($NOISE)
    rng, memory, losses = np.random.default_rng($SEED), {}, [loss(X_scored, t_scored, w)]
[changing]    done = epoch = 0
[constant]    done = 0
    while done < updates:
[noise]        $RENEW
        order = rng.permutation(len(X))  # every epoch shows the examples in a new order
        for begin in range(0, len(X), $BATCH)[: updates - done]:
            rows = order[begin : begin + $BATCH]
            g = gradient(X[rows], t[rows], w)$CLIP
            $OPTIMIZER(w, g, learning_rate(epoch), memory)
            done += 1
            if done % $EVERY == 0:
                losses.append(loss(X_scored, t_scored, w))
[changing]        epoch += 1
    return losses'''

CLIP = '''
            g *= min(1.0, {clip!r} / max(np.linalg.norm(g), 1e-300))  # a longer gradient is shortened'''

TORCH_TRAIN = UPDATES_HEAD + '''\
    put(w)
[noise]    noise = np.random.default_rng($SEED)  # a generator of its own, so that batches and noise do not mix
    X, $T, X_scored, t_scored = (torch.tensor(part) for part in examples($NOISE))
    optimizer = $OPTIMIZER
    rng, losses = np.random.default_rng($SEED), [loss(X_scored, t_scored).item()]
[changing]    done = epoch = 0
[constant]    done = 0
    while done < updates:
[changing]        optimizer.param_groups[0]["lr"] = learning_rate(epoch)
[noise]        $RENEW
        order = rng.permutation(len(X))  # every epoch shows the examples in a new order
        for begin in range(0, len(X), $BATCH)[: updates - done]:
            rows = torch.from_numpy(order[begin : begin + $BATCH])
            optimizer.zero_grad()
            loss(X[rows], t[rows]).backward()$CLIP
            optimizer.step()
            done += 1
            if done % $EVERY == 0:
                losses.append(loss(X_scored, t_scored).item())
[changing]        epoch += 1
    w[:] = take()
    return losses'''

TORCH_CLIP = '''
            norm = torch.nn.utils.get_total_norm(each.grad for each in network.parameters())
            for each in network.parameters():  # a gradient longer than {clip!r} is shortened
                each.grad *= min(1.0, {clip!r} / max(norm.item(), 1e-300))'''

# All examples at once: an epoch is one update, and no order is drawn.
FULL_TRAIN = UPDATES_HEAD + '''\
    X, t, X_scored, t_scored = examples()
    memory, losses = {}, [loss(X_scored, t_scored, w)]
    for update in range(updates):
        $OPTIMIZER(w, gradient(X, t, w), learning_rate(update), memory)
        if (update + 1) % $EVERY == 0:
            losses.append(loss(X_scored, t_scored, w))
    return losses'''

TORCH_FULL_TRAIN = UPDATES_HEAD + '''\
    put(w)
    X, t, X_scored, t_scored = (torch.tensor(part) for part in examples())
    optimizer = $OPTIMIZER
    losses = [loss(X_scored, t_scored).item()]
    for update in range(updates):
[changing]        optimizer.param_groups[0]["lr"] = learning_rate(update)
        optimizer.zero_grad()
        loss(X, t).backward()
        optimizer.step()
        if (update + 1) % $EVERY == 0:
            losses.append(loss(X_scored, t_scored).item())
    w[:] = take()
    return losses'''

RENEW = "t = with_noise(noise)  # every epoch draws new noise words"
TORCH_RENEW = "t = torch.tensor(with_noise(noise))  # every epoch draws new noise words"


def training_section(form: Form, is_torch: bool) -> Section:
    """What is shown to the network, and how `train` follows the gradient."""
    clip = (TORCH_CLIP if is_torch else CLIP).format(clip=form.clip) if form.clip else ""
    optimizer = form.optimizer
    if is_torch:
        code = optimizer_code(form.optimizer, form.decay, "pytorch_code")
        optimizer = code.replace("parameters,", "network.parameters(),").replace("lr=learning_rate", "lr=learning_rate(0)")
    values = {
        "$T": "_" if form.noise else "t",
        "$NOISE": "noise" if form.noise else "", "$RENEW": TORCH_RENEW if is_torch else RENEW, "$CLIP": clip,
        "$UPDATES": str(form.updates), "$SCORED": form.scored_in_words, "$EVERY": str(form.every),
        "$SEED": str(form.seed), "$BATCH": str(form.batch), "$OPTIMIZER": optimizer,
    }  # fmt: skip
    in_batches, at_once = (TORCH_TRAIN, TORCH_FULL_TRAIN) if is_torch else (TRAIN, FULL_TRAIN)
    changing = "epoch" in form.rate
    code = chosen(in_batches if form.batch else at_once,
                  {"noise": form.noise, "changing": changing, "constant": not changing, "edits": False})  # fmt: skip
    for name, value in values.items():
        code = code.replace(name, value)
    code = with_rate(without_memory(code, form.optimizer), form.rate)
    return Section("Training", "Show the data, follow the gradient, repeat.", f"{form.examples}\n\n\n{code}")
