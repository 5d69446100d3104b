from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue


def connect(folder: Path) -> Connection:
    return Connection("folder://", transport="tdkt.broker:Transport", transport_options={"folder": str(folder)})


def take(queue: SimpleQueue) -> object:
    message = queue.get(timeout=5)
    message.ack()
    return message.payload


def test_messages_arrive_once_and_in_order(tmp_path):
    with connect(tmp_path) as link, link.SimpleQueue("slow") as queue:
        for number in range(5):
            queue.put({"số": number})

        received = [take(queue) for _ in range(5)]

    assert received == [{"số": number} for number in range(5)]
    assert list(tmp_path.iterdir()) == []


def test_a_message_waits_for_a_worker_that_starts_later(tmp_path):
    with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
        queue.put("việc")

    with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
        assert take(queue) == "việc"


def test_queues_do_not_take_each_others_messages(tmp_path):
    with connect(tmp_path) as link, link.SimpleQueue("slow") as slow, link.SimpleQueue("default") as default:
        slow.put("in văn bản")

        assert default.qsize() == 0
        with pytest.raises(default.Empty):
            default.get(block=False)
        assert take(slow) == "in văn bản"


def test_an_unfinished_file_is_left_alone(tmp_path):
    unfinished = tmp_path / "00000000000000000001_0.default.msg.part"
    unfinished.write_text('{"bo')

    with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
        queue.put("trọn vẹn")

        assert take(queue) == "trọn vẹn"
    assert list(tmp_path.iterdir()) == [unfinished]


def test_work_that_was_taken_but_not_finished_comes_back(tmp_path):
    with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
        queue.put("việc dở")
        queue.get(timeout=5)  # no ack: the worker is told to stop

    with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
        assert take(queue) == "việc dở"


def test_several_workers_share_a_queue_without_doubling_or_losing(tmp_path):
    sent = list(range(200))

    def send(numbers: list[int]) -> None:
        with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
            for number in numbers:
                queue.put(number)

    def receive() -> list[object]:
        received = []
        with connect(tmp_path) as link, link.SimpleQueue("default") as queue:
            while len(received) < len(sent):
                try:
                    message = queue.get(timeout=1)
                except queue.Empty:
                    break
                message.ack()
                received.append(message.payload)
        return received

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(receive) for _ in range(3)]
        writers = [pool.submit(send, sent[:100]), pool.submit(send, sent[100:])]
        for writer in writers:
            writer.result()
        received = [number for reader in readers for number in reader.result()]

    assert sorted(received) == sent
