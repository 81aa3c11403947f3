package io.telltale.storage.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The directory of an embedded engine, held by one process at a time. The lock is the operating system's: it goes
/// when the process does, however it dies.
final class DataDirectory implements AutoCloseable {
    /// Those of this process. To ask the operating system would cost it the lock: a process loses its locks on a file
    /// with any channel to it that it closes.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// @throws ClickHouseException if another process holds it
    static DataDirectory hold(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lockFile = FileChannel.open(
                    path.resolve("telltale.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                String holder = Files.readString(path.resolve("telltale.lock")).strip();
                lockFile.close();
                throw new ClickHouseException(
                        "data directory " + path + " is already in use by another Telltale (pid " + holder + ")");
            }
            lockFile.truncate(0);
            lockFile.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            OURS.add(path);
            return new DataDirectory(path, lockFile);
        } catch (IOException unusable) {
            throw new ClickHouseException("data directory " + path + " cannot be used: " + unusable, unusable);
        }
    }

    /// Whether a process holds it at this moment.
    static boolean isHeld(Path path) {
        Path file = path.resolve("telltale.lock");
        if (OURS.contains(path) || !Files.exists(file)) {
            return OURS.contains(path);
        }
        try (FileChannel lockFile = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(lockFile) == null; // the lock goes with the channel
        } catch (IOException unusable) {
            throw new ClickHouseException("data directory " + path + " cannot be used: " + unusable, unusable);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        OURS.remove(path);
        try {
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
