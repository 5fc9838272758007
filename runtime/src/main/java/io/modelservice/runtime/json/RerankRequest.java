package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/rerank}, as in the APIs of Cohere and Jina; fields that are not named
 * here are left aside.
 *
 * @param model the name that the client asks for; null where it leaves it out
 * @param documents texts, or objects with a {@code text}; at most 2,048
 * @param topN how many of the best are wanted
 * @param documentsWanted whether the answer repeats the documents
 */
public record RerankRequest(
    @Nullable String model,
    String query,
    List<String> documents,
    int topN,
    boolean documentsWanted) {
  private static final int MOST_DOCUMENTS = 2_048;

  /**
   * Reads a request.
   *
   * @throws RequestException if it is not of this form
   */
  public static RerankRequest read(Body body) throws RequestException {
    var reader = new Reader();
    JsonRequest.read(body, reader::field);
    if (reader.query == null) {
      throw bad("the request has no 'query'");
    }
    if (reader.documents.isEmpty()) {
      throw bad("the request has no 'documents'");
    }
    return new RerankRequest(
        reader.model, reader.query, reader.documents, reader.topN, reader.documentsWanted);
  }

  /** The fields so far. */
  private static final class Reader {
    private @Nullable String model;
    private @Nullable String query;
    private final List<String> documents = new ArrayList<>();
    private int topN = Integer.MAX_VALUE;
    private boolean documentsWanted;

    void field(String name, JsonParser json) throws IOException, RequestException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      switch (name) {
        case "model" -> model = JsonRequest.text(name, json);
        case "query" -> query = JsonRequest.text(name, json);
        case "documents" -> documents(json);
        case "top_n" -> topN = JsonRequest.count(name, json);
        case "return_documents" -> documentsWanted = JsonRequest.flag(name, json);
        default -> json.skipChildren();
      }
    }

    private void documents(JsonParser json) throws IOException, RequestException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw bad("'documents' must be a list");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (documents.size() == MOST_DOCUMENTS) {
          throw bad("there are more than %d 'documents': send several requests", MOST_DOCUMENTS);
        }
        documents.add(
            json.currentToken() == JsonToken.START_OBJECT
                ? ofObject(json)
                : JsonRequest.text("documents", json));
      }
    }

    private static String ofObject(JsonParser json) throws IOException, RequestException {
      String text = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        var name = json.currentName();
        json.nextToken();
        if (name.equals("text")) {
          text = JsonRequest.text(name, json);
        } else {
          json.skipChildren();
        }
      }
      if (text == null) {
        throw bad("an element of 'documents' has no 'text'");
      }
      return text;
    }
  }
}
