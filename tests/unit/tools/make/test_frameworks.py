import re
import runpy

from tools.make import frameworks


def test_the_versions_that_a_page_names_are_the_ones_that_are_locked():
    assert frameworks.VERSIONS.read_text() == frameworks.versions((frameworks.FOLDER / "requirements.in").read_text())
    locked = frameworks.LOCK.read_text()
    for pin in re.findall(r"(?m)^\S+==\S+$", (frameworks.FOLDER / "requirements.in").read_text()):
        assert re.search(rf"(?m)^{re.escape(pin)} \\$", locked), pin


def test_every_locked_package_has_a_hash_and_none_an_address():
    common, cuda = frameworks.requirements(frameworks.LOCK.read_text())
    assert len(common) > 20 and len(cuda) > 5
    assert all("--hash=sha256:" in entry for entry in common + cuda)
    assert "://" not in frameworks.LOCK.read_text()


def test_what_only_a_pytorch_for_cuda_needs_is_told_apart():
    lock = [
        "torch==1 \\\n    --hash=sha256:aa\n    # via x\n",
        "nvidia-cublas==2 ; sys_platform == 'linux' \\\n    --hash=sha256:bb\n",
        "triton==3 \\\n    --hash=sha256:cc\n",
    ]
    common, cuda = frameworks.requirements("".join(lock))
    assert common == ["torch==1 \\\n    --hash=sha256:aa"]
    assert [entry.partition("==")[0] for entry in cuda] == ["nvidia-cublas", "triton"]


def test_the_numpy_snippet_prints_what_all_others_are_held_to(capsys):
    runpy.run_path(str(frameworks.FOLDER / "with_numpy.py"))
    assert frameworks.difference("with_numpy.py", capsys.readouterr().out) == ""


def test_other_digits_are_seen():
    told = frameworks.difference("with_jax.py", frameworks.EXPECTED.replace("0.3567", "0.3568"))
    assert "with_jax.py printed" in told and "0.3568" in told


def test_each_framework_has_a_snippet():
    names = {path.stem for path in frameworks.snippets()}
    assert names == {"with_numpy", "with_tensorflow", "with_pytorch", "with_jax", "with_scikit_learn"}
