package io.modelservice.runtime.sharedmemory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The POSIX shared memory objects of this machine: the files of one folder.
 *
 * @param folder on Linux {@code /dev/shm}
 */
record SharedObjects(Path folder) {

  /**
   * Opens an object to read and write it.
   *
   * @param key its name, with or without a slash in front
   * @throws SharedMemoryException if the key could mean anything but a file of the folder, or there
   *     is no such object that this process may use
   */
  FileChannel open(String key) throws SharedMemoryException {
    var file = file(key);
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw SharedMemoryException.of(400, "there is no shared memory object '%s'", key);
    }
    try {
      return FileChannel.open(file, READ, WRITE, NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw SharedMemoryException.of(
          400, "the server may not read and write the shared memory object '%s'", key);
    }
  }

  private Path file(String key) throws SharedMemoryException {
    var name = key.startsWith("/") ? key.substring(1) : key;
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
      throw notAKey(key);
    }
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw notAKey(key);
    }
  }

  private static SharedMemoryException notAKey(String key) {
    return SharedMemoryException.of(
        400, "'%s' is no key of a shared memory object: a key is a slash and one name", key);
  }
}
