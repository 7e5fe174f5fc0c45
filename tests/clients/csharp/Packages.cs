// What the generated files name of two packages that they do not need here: retries are off unless a program sets them, and the
// converter of subtypes is imported but not used.

using System;
using System.Threading.Tasks;

namespace JsonSubTypes
{
}

namespace Polly
{
    public enum OutcomeType
    {
        Successful,
        Failure,
    }

    public interface ISyncPolicy<T>
    {
    }

    public interface IAsyncPolicy<T>
    {
        Task<PolicyResult<T>> ExecuteAndCaptureAsync(Func<Task<T>> action);
    }

    public abstract class PolicyResult<T>
    {
        public abstract OutcomeType Outcome { get; }
        public abstract T Result { get; }
        public abstract Exception FinalException { get; }
    }
}
